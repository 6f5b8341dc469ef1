package synod.replica;

import akka.actor.Address;
import akka.actor.AddressFromURIString;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.ClusterEvent;
import akka.cluster.Member;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.JoinSeedNodes;
import akka.cluster.typed.Subscribe;
import java.util.List;
import java.util.Locale;

/**
 * Watches Akka Cluster's members, for display only: no decision of Paxos ever hangs on membership,
 * reachability or downing. What the cluster calls unreachable may well be agreeing with us.
 */
final class Membership {
  private Membership() {}

  /**
   * Joins the others. The seeds are all replicas in one order, so that any that starts alone waits
   * for the first.
   */
  static void join(ActorSystem<?> system, Settings settings) {
    List<Address> seeds =
        settings.replicas().stream()
            .map(member -> AddressFromURIString.parse(AkkaSettings.address(settings, member)))
            .toList();
    Cluster.get(system).manager().tell(new JoinSeedNodes(seeds));
  }

  static Behavior<ClusterEvent.ClusterDomainEvent> watching(Settings settings, StatusBoard board) {
    return Behaviors.setup(
        context -> {
          Cluster.get(context.getSystem())
              .subscriptions()
              .tell(Subscribe.create(context.getSelf(), ClusterEvent.ClusterDomainEvent.class));
          return Behaviors.receiveMessage(
              event -> {
                note(event, settings, board);
                return Behaviors.same();
              });
        });
  }

  private static void note(
      ClusterEvent.ClusterDomainEvent event, Settings settings, StatusBoard board) {
    if (event instanceof ClusterEvent.UnreachableMember unreachable) {
      set(unreachable.member(), "unreachable", settings, board);
    } else if (event instanceof ClusterEvent.ReachableMember reachable) {
      set(reachable.member(), state(reachable.member()), settings, board);
    } else if (event instanceof ClusterEvent.MemberEvent changed) {
      set(changed.member(), state(changed.member()), settings, board);
    }
  }

  private static String state(Member member) {
    return member.status().toString().toLowerCase(Locale.ROOT);
  }

  private static void set(Member member, String state, Settings settings, StatusBoard board) {
    Address address = member.address();
    for (Settings.Member replica : settings.replicas()) {
      if (address.getHost().filter(replica.host()::equals).isPresent()
          && address.getPort().filter(port -> port == replica.arteryPort()).isPresent()) {
        board.member(replica.id(), state);
      }
    }
  }
}
