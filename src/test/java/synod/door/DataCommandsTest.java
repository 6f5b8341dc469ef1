package synod.door;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each line is a talk of one client: requests parted by semicolons, and what each is answered. */
final class DataCommandsTest extends DoorFixture {
  private static final String NO_NUMBER = "-ERR value is not an integer or out of range";

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      value = {
        "INCR n; INCRBY n 10; DECR n; DECRBY n 11; GET n => :1; :11; :10; :-1; -1",
        "SET n 9223372036854775807; INCR n; GET n => +OK;"
            + " -ERR increment or decrement would overflow; 9223372036854775807",
        "DECRBY n -9223372036854775808 => -ERR decrement would overflow",
        "SET n x; INCR n; GET n => +OK; " + NO_NUMBER + "; x",
        "INCRBY n 1.5; INCRBY n +1; EXISTS n => " + NO_NUMBER + "; " + NO_NUMBER + "; :0",
        "INCR => -ERR wrong number of arguments for 'incr' command",
        "APPEND s ab; APPEND s c; STRLEN s; GET s; STRLEN no => :2; :3; :3; abc; :0",
        "SETNX s a; SETNX s b; GET s => :1; :0; a",
        "MSETNX a 1 b 2; MSETNX b 3 c 4; MGET a b c => :1; :0; [1, 2, nil]",
        "MSETNX a 1 b => -ERR wrong number of arguments for 'msetnx' command",
        "GETSET s a; GETSET s b; GETDEL s; GETDEL s => nil; a; b; nil",
        "SET s a NX; SET s b NX; SET s c XX; SET t d XX => +OK; nil; +OK; nil",
        "SET s a GET; SET s b NX GET; SET s c XX GET; GET s => nil; a; a; c",
        "SET s a PX 500; PTTL s; SET s b KEEPTTL; PTTL s; SET s c; PTTL s"
            + " => +OK; :500; +OK; :499; +OK; :-1",
        "SET s a px 1500 nx; TTL s; TTL no; PERSIST s; PERSIST s; TTL s"
            + " => +OK; :2; :-2; :1; :0; :-1",
        "SET s a EXAT 1; GET s; SET s a PXAT 3000; PTTL s => +OK; nil; +OK; :1999",
        "SET s a NX XX; SET s a EX; SET s a EX 1 PX 1; SET s a EX 1 KEEPTTL; SET s a b; EXISTS s"
            + " => -ERR syntax error; -ERR syntax error; -ERR syntax error; -ERR syntax error;"
            + " -ERR syntax error; :0",
        "SET s a EX 0; SETEX s -1 a; PSETEX s 0 a; SET s a EX x; SETEX s 9223372036854775807 a"
            + " => -ERR invalid expire time in 'set' command;"
            + " -ERR invalid expire time in 'setex' command;"
            + " -ERR invalid expire time in 'psetex' command; "
            + NO_NUMBER
            + "; -ERR invalid expire time in 'setex' command",
        "SETEX s 10 a; TTL s; PSETEX s 10 b; PTTL s => +OK; :10; +OK; :10",
        "SET s a; EXPIRE s 10; TTL s; EXPIRE s 20 NX; EXPIRE s 20 LT; EXPIRE s 20 GT; TTL s"
            + " => +OK; :1; :10; :0; :0; :1; :20",
        "SET s a; EXPIRE s 20 XX; EXPIRE s 20 GT; EXPIRE s 20 XX LT; EXPIRE s 20 LT; TTL s"
            + " => +OK; :0; :0; :0; :1; :20",
        "SET s a; EXPIRE s -1; EXISTS s; EXPIRE s 5; PEXPIRE no 5 => +OK; :1; :0; :0; :0",
        "SET s a; PEXPIREAT s 2500; PTTL s; EXPIREAT s 9; PTTL s => +OK; :1; :1499; :1; :7998",
        "EXPIRE s 1 NX GT; EXPIRE s 1 GT LT; EXPIRE s 1 no; EXPIRE s x; EXPIRE s"
            + " 9223372036854775807 => -ERR NX and XX, GT or LT options at the same time are not"
            + " compatible; -ERR GT and LT options at the same time are not compatible;"
            + " -ERR Unsupported option no; "
            + NO_NUMBER
            + "; -ERR invalid expire time in 'expire' command",
        "SYNOD VERSION s; SYNOD CAS s 0 a; SYNOD VERSION s; SYNOD CAS s 0 b;"
            + " SYNOD CAS s 1048576 c; GET s => [:0, nil]; :1048576; [:1048576, a];"
            + " [:1048576, a]; :3145728; c",
        "SYNOD CAS s 7 a; EXISTS s; SYNOD CAS s 0 a PX 50; PTTL s => [:0, nil]; :0; :2097152; :50",
        "SYNOD CAS s x a; SYNOD CAS s -1 a; SYNOD CAS s 0 a NX; SYNOD CAS s 0 a GET; SYNOD CAS s 0"
            + " => "
            + NO_NUMBER
            + "; -ERR a version is never negative; -ERR syntax error; -ERR syntax error; -ERR wrong"
            + " number of arguments for 'synod|cas' command",
        "SYNOD CAS s 0 a EX 0 => -ERR invalid expire time in 'synod|cas' command",
      })
  void answersAsRedisDoes(String requests, String replies) throws IOException {
    try (RawClient client = new RawClient(door)) {
      List<String> said = new ArrayList<>();
      for (String request : requests.split("; *", -1)) {
        said.add(client.call(request.split(" ", -1)).reply());
      }

      assertEquals(replies, String.join("; ", said));
    }
  }

  @Test
  void aValueThatGrewTooLargeForTheDoorIsRefusedAndStaysAsItWas() throws IOException {
    String half = "x".repeat(MIB / 2 + 1);
    try (RawClient client = new RawClient(door)) {
      client.call("SET", "s", half).reply();

      assertEquals(
          "-ERR string exceeds maximum allowed size (proto-max-bulk-len)",
          client.call("APPEND", "s", half).reply());
      assertEquals(":" + half.length(), client.call("STRLEN", "s").reply());
    }
  }

  @Test
  void aKeyOfASubcommandIsMeasuredToo() throws IOException {
    try (RawClient client = new RawClient(door)) {
      assertEquals(
          "-ERR key of 65 bytes, at most 64 are taken",
          client.call("SYNOD", "CAS", "k".repeat(65), "0", "v").reply());
    }
  }

  /** Were it local to the door, the GET would be asked of the replica before the CAS had ended. */
  @Test
  void aPipelinedReadWaitsForTheSubcommandThatWritesBeforeIt() throws Exception {
    replica.hold();
    try (RawClient client = new RawClient(door);
        RawClient other = new RawClient(door)) {
      client.send(RawClient.frame("SYNOD", "CAS", "s", "0", "a") + RawClient.frame("GET", "s"));
      replica.awaitHeld(1);
      other.call("PING").reply();

      assertEquals(1, replica.held());
      replica.releaseAll();
      assertEquals(":1048576", client.reply());
      assertEquals("a", client.reply());
    }
  }

  @Test
  void aKeyIsGoneWhenTheTimeOfTheLogHasPassed() throws IOException {
    try (RawClient client = new RawClient(door)) {
      client.call("SET", "s", "a", "PX", "100").reply();
      replica.advance(98);
      assertEquals("a", client.call("GET", "s").reply());
      assertEquals(":1", client.call("PTTL", "s").reply());

      replica.advance(1);

      assertEquals("nil", client.call("GET", "s").reply());
      assertEquals(":0", client.call("DBSIZE").reply());
      assertEquals(":1", client.call("INCR", "s").reply());
    }
  }
}
