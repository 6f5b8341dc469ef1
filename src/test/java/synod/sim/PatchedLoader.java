package synod.sim;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;

/** Loads all of {@code synod} anew, with some classes in place of others; the rest is shared. */
final class PatchedLoader extends ClassLoader {
  private static final Map<String, byte[]> ORIGINALS = new ConcurrentHashMap<>();

  private final Map<String, byte[]> patched;

  PatchedLoader(Map<String, byte[]> patched) {
    super("patched", PatchedLoader.class.getClassLoader());
    this.patched = patched;
  }

  /** What runs a seed with these classes: see {@link SeedRun}. */
  @SuppressWarnings("unchecked")
  LongFunction<List<String>> seedRun() {
    try {
      Class<?> made = loadClass("synod.sim.SeedRun");
      return (LongFunction<List<String>>) made.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith("synod.")) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    byte[] bytes = patched.get(name);
    if (bytes == null) {
      bytes = ORIGINALS.computeIfAbsent(name, this::original);
    }
    if (bytes.length == 0) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  private byte[] original(String name) {
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      return in == null ? new byte[0] : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
