package synod.door;

/** The table of all that a door understands. */
final class AllCommands {
  private AllCommands() {}

  static CommandTable of(Hall hall) {
    CommandTable table = new CommandTable(new StoreCommands(hall).verbs());
    table.add(ConnectionCommands.verbs());
    table.add(new ClientCommands(hall).verbs());
    table.add(new ServerCommands(hall, table).verbs());
    table.add(new SynodCommands(hall).verbs());
    return table;
  }
}
