package synod.console;

import synod.top.View;

/** What the keys mean. State: the key that waits for a second one, if any. */
final class TopKeys {
  static final int UP = -10;
  static final int DOWN = -11;

  private static final int CTRL_C = 3;
  private static final int ESCAPE = 27;

  private final View view;
  private final TopActs acts;
  private int first;

  TopKeys(View view, TopActs acts) {
    this.view = view;
    this.acts = acts;
  }

  /** False if that key ends the view. */
  boolean press(int key) {
    int before = first;
    first = 0;
    if (key == 'q' || key == CTRL_C) {
      return false;
    }
    if (key == ESCAPE) {
      view.say("");
    } else if (before == 'c') {
      crash(key);
    } else if (before == 'x') {
      cut(key);
    } else {
      alone(key);
    }
    return true;
  }

  private void alone(int key) {
    int replica = view.chosen();
    switch (key) {
      case 'k' -> acts.kill(replica);
      case 's' -> acts.start(replica);
      case 'z' -> acts.pause(replica);
      case 't' -> acts.elect();
      case 'o' -> acts.load();
      case 'h' -> acts.heal();
      case '?' -> view.help();
      case 'c' -> await(key, "crash which role of replica " + replica + "? p a l e");
      case 'x' -> await(key, "cut or heal the link from " + replica + " to which replica?");
      case UP -> view.step(-1);
      case DOWN -> view.step(1);
      default -> select(key);
    }
  }

  private void select(int key) {
    if (key >= '1' && key <= '9') {
      view.choose(key - '0');
    }
  }

  private void await(int key, String question) {
    first = key;
    view.say(question);
  }

  private void crash(int key) {
    for (String role : Commands.ROLES) {
      if (role.charAt(0) == key) {
        acts.crash(view.chosen(), role);
        return;
      }
    }
    view.say("a role is p, a, l or e");
  }

  private void cut(int key) {
    int other = key - '0';
    if (other >= 1 && other <= '9' - '0' && other != view.chosen()) {
      acts.cut(view.chosen(), other);
    } else {
      view.say("a link goes to another replica: its number");
    }
  }
}
