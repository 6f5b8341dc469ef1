package synod.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where values stand on an axis, and which of them it names. */
sealed interface Scale {

  /** From 0, the beginning of the axis, to 1, its end; what is beyond stands at the end. */
  double part(double value);

  List<Tick> ticks();

  /** From 0 to {@code top}, with about {@code count} steps. */
  static Scale linear(double top, int count) {
    double raw = Math.max(top, Double.MIN_NORMAL) / count;
    double decade = Math.pow(10, Math.floor(Math.log10(raw)));
    double step = 10 * decade;
    for (double digit : new double[] {5, 2, 1}) {
      step = digit * decade >= raw ? digit * decade : step;
    }
    return new Linear(top, step);
  }

  /** Over whole decades from {@code low} to {@code high}, at least one. */
  static Scale log(double low, double high) {
    int first = (int) Math.floor(Math.log10(low));
    int last = (int) Math.ceil(Math.log10(high));
    return new Log(first, Math.max(first + 1, last));
  }

  private static double bounded(double part) {
    return Math.max(0, Math.min(1, part));
  }

  /** A step as wide as the one before. */
  record Linear(double top, double step) implements Scale {
    @Override
    public double part(double value) {
      return bounded(value / top);
    }

    @Override
    public List<Tick> ticks() {
      List<Tick> ticks = new ArrayList<>();
      String format = "%,." + (int) Math.max(0, Math.ceil(-Math.log10(step))) + "f";
      for (int i = 0; i * step <= top * (1 + 1e-9); i++) {
        ticks.add(new Tick(i * step, String.format(Locale.ROOT, format, i * step)));
      }
      return ticks;
    }
  }

  /** A step ten times the one before, with a line at each whole multiple between. */
  record Log(int first, int last) implements Scale {
    @Override
    public double part(double value) {
      return bounded((Math.log10(Math.max(value, Double.MIN_NORMAL)) - first) / (last - first));
    }

    @Override
    public List<Tick> ticks() {
      List<Tick> ticks = new ArrayList<>();
      for (int decade = first; decade < last; decade++) {
        for (int digit = 1; digit < 10; digit++) {
          ticks.add(new Tick(digit * Math.pow(10, decade), digit == 1 ? name(decade) : ""));
        }
      }
      ticks.add(new Tick(Math.pow(10, last), name(last)));
      return ticks;
    }

    private static String name(int decade) {
      return String.format(Locale.ROOT, "%,." + Math.max(0, -decade) + "f", Math.pow(10, decade));
    }
  }
}
