package synod.replica;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import synod.link.Codec;
import synod.paxos.Invariant;
import synod.paxos.Message;

/**
 * Messages as the bytes that replicas send each other, without an ActorSystem: with the same module
 * and the same strictness as the serializer of Akka that Artery uses.
 */
public final class WireCodec implements Codec {
  private final ObjectMapper mapper;

  public WireCodec() {
    this.mapper = CBORMapper.builder().addModule(new WireModule()).build();
    Config strict =
        ConfigFactory.parseResources(AkkaSettings.class, "replica.conf")
            .getConfig("akka.serialization.jackson.deserialization-features");
    strict
        .entrySet()
        .forEach(
            feature ->
                mapper.configure(
                    DeserializationFeature.valueOf(feature.getKey()),
                    strict.getBoolean(feature.getKey())));
  }

  @Override
  public byte[] encode(Message message) {
    try {
      return mapper.writerFor(Message.class).writeValueAsBytes(message);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot encode " + message, e);
    }
  }

  /**
   * The message that these bytes are.
   *
   * @throws UncheckedIOException if they are none, or one that nobody can have sent
   */
  @Override
  public Message decode(byte[] bytes) {
    try {
      return Optional.ofNullable(mapper.readValue(bytes, Message.class))
          .orElseThrow(() -> new IOException("null"));
    } catch (IOException e) {
      throw new UncheckedIOException("not a message", e);
    } catch (Invariant.Violation e) {
      throw new UncheckedIOException("not a message", new IOException(e));
    }
  }
}
