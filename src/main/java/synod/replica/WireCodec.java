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
 * Messages as the bytes that replicas send each other: those that are many in their {@link
 * ShortForms}, all others in CBOR, with the same module and the same strictness as Akka's
 * serializer, which the ring's token goes through.
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
    return ShortForms.encode(message).orElseGet(() -> cbor(message));
  }

  private byte[] cbor(Message message) {
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
      Optional<Message> known = ShortForms.decode(bytes);
      return known.isPresent() ? known.get() : ofCbor(bytes);
    } catch (IllegalArgumentException e) {
      throw new UncheckedIOException("not a message", new IOException(e));
    } catch (IOException e) {
      throw new UncheckedIOException("not a message", e);
    } catch (Invariant.Violation e) {
      throw new UncheckedIOException("not a message", new IOException(e));
    }
  }

  private Message ofCbor(byte[] bytes) throws IOException {
    return Optional.ofNullable(mapper.readValue(bytes, Message.class))
        .orElseThrow(() -> new IOException("null"));
  }
}
