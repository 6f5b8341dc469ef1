package synod.trace;

import java.util.List;
import synod.kv.CommandRange;

/** What is about one slot: what bears its number, and the submits of the commands that fill it. */
final class AboutSlot {
  private final long slot;
  private final List<CommandRange> commands;

  /** The accepts among the entries tell what fills it. */
  AboutSlot(List<Entry> entries, long slot) {
    this.slot = slot;
    this.commands =
        entries.stream()
            .flatMap(entry -> entry.fact().message().stream())
            .filter(said -> said.slot() == slot)
            .flatMap(said -> said.commands().stream())
            .distinct()
            .toList();
  }

  boolean has(Fact fact) {
    return fact.message().map(this::has).orElse(fact.slot() == slot);
  }

  /** A command that was sent again may fill another slot, too: that one's accept is not meant. */
  boolean has(Said said) {
    return said.slot() == slot
        || (said.slot() == 0 && said.commands().stream().anyMatch(this::fills));
  }

  private boolean fills(CommandRange asked) {
    return commands.stream().anyMatch(asked::meets);
  }
}
