import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws what scaling.sh measured: a column a sweep, puts/s above and CPU of a put below.
 *
 * <p>{@code java src/scaling/Plot.java scaling.csv scaling.svg}
 */
public final class Plot {
  private static final int LEFT = 70;
  private static final int TOP = 46;
  private static final int WIDTH = 170;
  private static final int HEIGHT = 150;
  private static final int GAP_X = 66;
  private static final int GAP_Y = 34;
  private static final int BLOCK = TOP + 2 * HEIGHT + GAP_Y + 44;
  private static final int COLUMNS = 3;

  private final Map<String, List<Row>> sweeps = new LinkedHashMap<>();
  private final StringBuilder svg = new StringBuilder();

  private record Row(double value, double[] measured) {}

  private record Panel(String title, double x, double y, int measure, String kind) {}

  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      System.err.println("usage: java src/scaling/Plot.java IN.csv OUT.svg");
      System.exit(2);
    }
    Plot plot = new Plot();
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      plot.read(line);
    }
    Files.writeString(Path.of(args[1]), plot.draw());
  }

  private void read(String line) {
    String[] cells = line.split(",");
    if (line.startsWith("sweep,")) {
      return;
    }
    double[] measured = {Double.parseDouble(cells[2]), Double.parseDouble(cells[3])};
    sweeps
        .computeIfAbsent(cells[0], none -> new ArrayList<>())
        .add(new Row(Double.parseDouble(cells[1]), measured));
  }

  private String draw() {
    int columns = Math.min(COLUMNS, sweeps.size());
    int blocks = (sweeps.size() + COLUMNS - 1) / COLUMNS;
    int width = LEFT + columns * (WIDTH + GAP_X) - GAP_X + 20;
    int height = blocks * BLOCK;
    svg.append(
        String.format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"%1$d\" height=\"%2$d\""
                + " viewBox=\"0 0 %1$d %2$d\">%n<title>How the cost of a put grows</title>%n",
            width, height));
    svg.append(
        "<style>text{font:12px sans-serif;fill:#222}.t{font-weight:bold}.e{text-anchor:end}");
    svg.append(
        ".m{text-anchor:middle}.g{stroke:#ddd}.l{fill:none;stroke-width:2}.a{stroke:#0b5fa5}");
    svg.append(
        ".b{stroke:#a5460b;stroke-dasharray:6 3}.da{fill:#0b5fa5}.db{fill:#a5460b}</style>\n");
    svg.append(String.format("<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>%n", width, height));
    int next = 0;
    for (Map.Entry<String, List<Row>> sweep : sweeps.entrySet()) {
      double x = LEFT + next % COLUMNS * (WIDTH + GAP_X);
      double y = TOP + next / COLUMNS * BLOCK;
      draw(sweep.getValue(), new Panel(sweep.getKey(), x, y, 0, "a"));
      draw(sweep.getValue(), new Panel("", x, y + HEIGHT + GAP_Y, 1, "b"));
      next++;
    }
    for (int block = 0; block < blocks; block++) {
      double y = TOP + block * BLOCK;
      label(LEFT, y - 28, "", "puts a second");
      label(LEFT, y + HEIGHT + GAP_Y - 8, "", "CPU of all replicas, \u00b5s a put");
    }
    return svg.append("</svg>\n").toString();
  }

  private void draw(List<Row> rows, Panel panel) {
    double most = rows.stream().mapToDouble(row -> row.measured()[panel.measure()]).max().orElse(1);
    double top = roundUp(most);
    label(panel.x(), panel.y() - 10, "t", panel.title());
    for (int i = 0; i <= 4; i++) {
      double y = panel.y() + HEIGHT - i * HEIGHT / 4.0;
      svg.append(
          String.format(
              Locale.ROOT,
              "<line class=\"g\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%3$.1f\" y2=\"%3$.1f\"/>%n",
              panel.x(),
              panel.x() + WIDTH,
              y));
      label(panel.x() - 6, y + 4, "e", number(top * i / 4));
    }
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      double x = panel.x() + (rows.size() == 1 ? 0 : i * (double) WIDTH / (rows.size() - 1));
      double y = panel.y() + HEIGHT * (1 - rows.get(i).measured()[panel.measure()] / top);
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
      svg.append(
          String.format(
              Locale.ROOT,
              "<circle class=\"d%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"><title>%s: %s</title></circle>%n",
              panel.kind(),
              x,
              y,
              number(rows.get(i).value()),
              number(rows.get(i).measured()[panel.measure()])));
      if (panel.measure() == 1) {
        label(x, panel.y() + HEIGHT + 18, "m", number(rows.get(i).value()));
      }
    }
    svg.append(
        String.format(
            "<polyline class=\"l %s\" points=\"%s\"/>%n", panel.kind(), points.toString().trim()));
  }

  private void label(double x, double y, String kind, String text) {
    svg.append(
        String.format(
            Locale.ROOT, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>%n", kind, x, y, text));
  }

  /** To 1, 2, 4 or 8 times a power of ten. */
  private static double roundUp(double most) {
    double power = Math.pow(10, Math.floor(Math.log10(most)));
    for (int times : new int[] {1, 2, 4, 8, 10}) {
      if (times * power >= most) {
        return times * power;
      }
    }
    return most;
  }

  private static String number(double value) {
    if (value >= 1024 && value % 1024 == 0) {
      return trim(value / 1024) + "Ki";
    }
    if (value >= 1e6) {
      return trim(value / 1e6) + "M";
    }
    return value >= 1000 ? trim(value / 1000) + "k" : trim(value);
  }

  private static String trim(double value) {
    return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.1f", value);
  }
}
