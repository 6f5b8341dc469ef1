package synod.replica;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import synod.paxos.Ballot;
import synod.paxos.Bytes;
import synod.paxos.Message;
import synod.paxos.ReplicaId;

/**
 * How messages look on the wire, in CBOR: {@code [name, {fields}]}, the name being the record's
 * own. Byte strings are byte strings, a replica is its number, a ballot is {@code [round,
 * replica]}. A field that is missing or unknown is an error, never a zero: a missing ballot read as
 * ballot 0 would break promises.
 */
public final class WireModule extends SimpleModule {
  private static final long serialVersionUID = 1;

  public WireModule() {
    super("synod");
    setMixInAnnotation(Message.class, Named.class);
    for (Class<?> kind : Message.class.getPermittedSubclasses()) {
      for (Class<?> message : kind.getPermittedSubclasses()) {
        registerSubtypes(new NamedType(message, message.getSimpleName()));
      }
    }
    setMixInAnnotation(Ballot.class, AsArray.class);
    addSerializer(new BytesWriter());
    addDeserializer(Bytes.class, new BytesReader());
    addSerializer(new IdWriter());
    addDeserializer(ReplicaId.class, new IdReader());
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_ARRAY)
  private interface Named {}

  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  private interface AsArray {}

  private static final class BytesWriter extends StdSerializer<Bytes> {
    private static final long serialVersionUID = 1;

    BytesWriter() {
      super(Bytes.class);
    }

    @Override
    public void serialize(Bytes bytes, JsonGenerator to, SerializerProvider provider)
        throws IOException {
      to.writeBinary(bytes.array());
    }
  }

  private static final class BytesReader extends StdDeserializer<Bytes> {
    private static final long serialVersionUID = 1;

    BytesReader() {
      super(Bytes.class);
    }

    @Override
    public Bytes deserialize(JsonParser from, DeserializationContext context) throws IOException {
      return Bytes.of(from.getBinaryValue());
    }
  }

  private static final class IdWriter extends StdSerializer<ReplicaId> {
    private static final long serialVersionUID = 1;

    IdWriter() {
      super(ReplicaId.class);
    }

    @Override
    public void serialize(ReplicaId id, JsonGenerator to, SerializerProvider provider)
        throws IOException {
      to.writeNumber(id.number());
    }
  }

  private static final class IdReader extends StdDeserializer<ReplicaId> {
    private static final long serialVersionUID = 1;

    IdReader() {
      super(ReplicaId.class);
    }

    @Override
    public ReplicaId deserialize(JsonParser from, DeserializationContext context)
        throws IOException {
      return new ReplicaId(from.getIntValue());
    }
  }
}
