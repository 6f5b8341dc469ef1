package synod.replica;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;

/** Akka's configuration: {@code replica.conf} of this package, with addresses from the settings. */
final class AkkaSettings {
  private AkkaSettings() {}

  static String address(Settings settings, Settings.Member member) {
    return "akka://" + settings.cluster() + "@" + member.host() + ":" + member.arteryPort();
  }

  /** The seeds are all replicas in one order, so that any that starts alone waits for the first. */
  static Config of(Settings settings, Settings.Member self) {
    List<String> seeds =
        settings.replicas().stream().map(member -> address(settings, member)).toList();
    return ConfigFactory.empty()
        .withValue("akka.remote.artery.canonical.hostname", value(self.host()))
        .withValue("akka.remote.artery.canonical.port", value(self.arteryPort()))
        .withValue("akka.cluster.seed-nodes", value(seeds))
        .withValue("synod.mailbox.bound", value(settings.links().maxMailbox()))
        .withFallback(ConfigFactory.parseResources(AkkaSettings.class, "replica.conf"))
        .withFallback(ConfigFactory.load());
  }

  private static com.typesafe.config.ConfigValue value(Object plain) {
    return ConfigValueFactory.fromAnyRef(plain);
  }
}
