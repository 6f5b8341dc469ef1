package synod.trace;

/** What takes a place of its own on the way down a diagram. */
sealed interface Item {

  record One(Entry entry) implements Item {}

  /** Stands for what is not drawn. */
  record Band(String text) implements Item {}
}
