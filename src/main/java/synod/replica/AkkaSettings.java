package synod.replica;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;

/** Akka's configuration: {@code replica.conf} of this package, with addresses from the settings. */
final class AkkaSettings {
  private AkkaSettings() {}

  static String address(Settings settings, Settings.Member member) {
    return "akka://" + settings.cluster() + "@" + member.host() + ":" + member.arteryPort();
  }

  static Config of(Settings settings, Settings.Member self) {
    return ConfigFactory.empty()
        .withValue("akka.remote.artery.canonical.hostname", value(self.host()))
        .withValue("akka.remote.artery.canonical.port", value(self.arteryPort()))
        .withValue("synod.mailbox.bound", value(settings.links().maxMailbox()))
        .withFallback(ConfigFactory.parseResources(AkkaSettings.class, "replica.conf"))
        .withFallback(ConfigFactory.load());
  }

  private static com.typesafe.config.ConfigValue value(Object plain) {
    return ConfigValueFactory.fromAnyRef(plain);
  }
}
