package synod.door;

/** The table of all that a door understands. */
final class AllCommands {
  private AllCommands() {}

  static CommandTable of(Hall hall) {
    StoreAccess store = new StoreAccess(hall);
    CommandTable table = new CommandTable(new StoreCommands(store).verbs());
    table.add(new SetCommands(store).verbs());
    table.add(new CounterCommands(store).verbs());
    table.add(new ExpiryCommands(store).verbs());
    table.add(ConnectionCommands.verbs());
    table.add(new ClientCommands(hall).verbs());
    table.add(new ServerCommands(hall, table).verbs());
    table.add(new WatchCommands(hall).verbs());
    table.add(new SynodCommands(hall, store).verbs());
    return table;
  }
}
