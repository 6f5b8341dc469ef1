package synod.testing;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import synod.paxos.AcceptorSettings;
import synod.paxos.Batch;
import synod.paxos.Bytes;
import synod.paxos.Message;
import synod.paxos.Quorums;

/** Messages with another value in every component, so that none can be taken for another. */
public final class Samples {
  /** Of an acceptor that nobody has to be asked about. */
  public static final AcceptorSettings ACCEPTING =
      new AcceptorSettings(List.of(), Quorums.majority(3), 100);

  private int count;

  private Samples() {}

  public static Message of(Class<?> type) {
    return (Message) sample(type);
  }

  /** Any record of the protocol. */
  public static Object sample(Class<?> type) {
    return new Samples().record(type);
  }

  private Object record(Class<?> type) {
    try {
      List<Object> values = new ArrayList<>();
      List<Class<?>> types = new ArrayList<>();
      for (RecordComponent component : type.getRecordComponents()) {
        types.add(component.getType());
        values.add(value(component.getType(), component.getGenericType()));
      }
      Constructor<?> constructor = type.getDeclaredConstructor(types.toArray(Class<?>[]::new));
      return constructor.newInstance(values.toArray());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type + " is no plain record", e);
    }
  }

  private Object value(Class<?> type, Type generic) {
    int n = ++count;
    if (type == long.class || type == Long.class) {
      return (1L << 40) + n;
    }
    if (type == int.class) {
      return n;
    }
    if (type == boolean.class) {
      return true;
    }
    if (type == Bytes.class) {
      return Bytes.utf8("bytes " + n);
    }
    if (type == Batch.class) {
      return new Batch(n, Bytes.utf8("commands " + n));
    }
    if (type == String.class) {
      return "word " + n;
    }
    if (type == List.class) {
      Class<?> element = (Class<?>) ((ParameterizedType) generic).getActualTypeArguments()[0];
      return List.of(value(element, element), value(element, element));
    }
    return type.isEnum() ? type.getEnumConstants()[0] : record(type);
  }
}
