package synod.sim;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles changed source files against the classes of all others, and writes nothing. */
final class PatchedClasses {
  private static final Path SOURCES = Path.of("src/main/java/synod");

  private PatchedClasses() {}

  /** The classes of these files, by their names. */
  static Map<String, byte[]> of(List<Change> changes) {
    Map<String, String> sources = new TreeMap<>();
    for (Change change : changes) {
      String source = sources.computeIfAbsent(change.file(), PatchedClasses::read);
      sources.put(change.file(), change.in(source));
    }
    return compile(sources.entrySet().stream().map(s -> new Source(s.getKey(), s.getValue())));
  }

  private static String read(String file) {
    try {
      return Files.readString(SOURCES.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, byte[]> compile(Stream<Source> sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    Written written = new Written(compiler.getStandardFileManager(problems, Locale.ROOT, null));
    String path = System.getProperty("java.class.path", "");
    List<String> options =
        List.of("-proc:none", "-nowarn", "-parameters", "--release", "17", "-classpath", path);
    boolean done =
        compiler.getTask(null, written, problems, options, null, sources.toList()).call();
    if (!done) {
      throw new IllegalStateException("does not compile: " + errors(problems));
    }
    return written.classes();
  }

  private static List<String> errors(DiagnosticCollector<JavaFileObject> problems) {
    return problems.getDiagnostics().stream()
        .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
        .map(Diagnostic::toString)
        .toList();
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String file, String text) {
      super(URI.create("string:///synod/" + file), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** Keeps the classes in memory. */
  private static final class Written extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> classes = new TreeMap<>();

    Written(JavaFileManager standard) {
      super(standard);
    }

    Map<String, byte[]> classes() {
      Map<String, byte[]> all = new TreeMap<>();
      classes.forEach((name, bytes) -> all.put(name, bytes.toByteArray()));
      return all;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("mem:///" + className), kind) {
        @Override
        public OutputStream openOutputStream() {
          return classes.computeIfAbsent(className, name -> new ByteArrayOutputStream());
        }
      };
    }
  }
}
