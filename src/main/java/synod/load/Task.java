package synod.load;

import java.net.InetSocketAddress;
import java.util.List;

/** What all clients of a run have in common. */
record Task(Plan plan, List<InetSocketAddress> doors, Tally tally, Gate gate) {}
