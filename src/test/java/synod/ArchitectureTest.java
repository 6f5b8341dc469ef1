package synod;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The arrows of the house, and what pure means. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("synod");

  private static final String[] PURE = {
    "synod.paxos", "synod.ring", "synod.kv", "synod.trace", "synod.svg"
  };

  @Test
  void arrowsPointDownOnly() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("main")
        .definedBy("synod")
        .layer("check")
        .definedBy("synod.check")
        .layer("sim")
        .definedBy("synod.sim")
        .layer("memory")
        .definedBy("synod.memory")
        .layer("console")
        .definedBy("synod.console")
        .layer("load")
        .definedBy("synod.load")
        .layer("trace")
        .definedBy("synod.trace")
        .layer("svg")
        .definedBy("synod.svg")
        .layer("top")
        .definedBy("synod.top")
        .layer("door")
        .definedBy("synod.door")
        .layer("replica")
        .definedBy("synod.replica")
        .layer("link")
        .definedBy("synod.link")
        .layer("store")
        .definedBy("synod.store")
        .layer("kv")
        .definedBy("synod.kv")
        .layer("ring")
        .definedBy("synod.ring")
        .layer("paxos")
        .definedBy("synod.paxos")
        .whereLayer("main")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("sim")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("check")
        .mayOnlyBeAccessedByLayers("sim")
        .whereLayer("memory")
        .mayOnlyBeAccessedByLayers("sim")
        .whereLayer("console")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("load")
        .mayOnlyBeAccessedByLayers("console")
        .whereLayer("trace")
        .mayOnlyBeAccessedByLayers("sim", "replica", "door", "console")
        .whereLayer("svg")
        .mayOnlyBeAccessedByLayers("load", "trace", "sim")
        .whereLayer("top")
        .mayOnlyBeAccessedByLayers("console")
        .whereLayer("door")
        .mayOnlyBeAccessedByLayers("main")
        .whereLayer("replica")
        .mayOnlyBeAccessedByLayers("main", "console", "door", "sim")
        .whereLayer("link")
        .mayOnlyBeAccessedByLayers("main", "door", "replica")
        .whereLayer("store")
        .mayOnlyBeAccessedByLayers("replica")
        .whereLayer("kv")
        .mayOnlyBeAccessedByLayers("door", "replica", "store", "sim", "memory", "trace")
        .whereLayer("ring")
        .mayOnlyBeAccessedByLayers("replica", "sim")
        .whereLayer("paxos")
        .mayOnlyBeAccessedByLayers(
            "main", "door", "replica", "link", "store", "kv", "ring", "sim", "memory", "trace")
        .check(CLASSES);
  }

  @Test
  void aLibraryIsOnePackagesAffair() {
    onlyIn(List.of("synod.replica"), "akka..", "com.typesafe.config..");
    onlyIn(List.of("synod.replica", "synod.sim"), "com.fasterxml..");
    onlyIn(List.of("synod.store"), "org.rocksdb..");
    onlyIn(List.of("synod.door", "synod.link"), "io.netty..");
    onlyIn(List.of("synod.console"), "org.jline..");
    onlyIn(List.of("synod.load"), "org.HdrHistogram..");
  }

  private static void onlyIn(List<String> owners, String... libraries) {
    noClasses()
        .that()
        .resideOutsideOfPackages(owners.toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries)
        .check(CLASSES);
  }

  @Test
  void pureMeansNoThreadsSocketsFilesLoggersClocksOrChance() {
    ArchRule rule =
        noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "java.util.concurrent..",
                "java.io..",
                "java.net..",
                "java.nio.file..",
                "org.slf4j..")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(
                Thread.class,
                java.util.Random.class,
                java.util.SplittableRandom.class,
                java.time.Clock.class,
                java.time.Instant.class)
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Math.class, "random");
    rule.check(CLASSES);
  }

  /** A loop over one of these goes another way in the next run, and the simulator with it. */
  @Test
  void pureMeansNoCollectionWhoseOrderDiffersBetweenRuns() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(java.util.HashMap.class, java.util.HashSet.class)
        .orShould()
        .callMethodWhere(isOfAnUnorderedFactory())
        .check(CLASSES);
  }

  private static DescribedPredicate<JavaCall<?>> isOfAnUnorderedFactory() {
    return new DescribedPredicate<>("Map.of, Set.of and the like") {
      @Override
      public boolean test(JavaCall<?> call) {
        JavaClass owner = call.getTargetOwner();
        boolean unordered = owner.isEquivalentTo(Map.class) || owner.isEquivalentTo(Set.class);
        return unordered
            && (call.getName().equals("of")
                || call.getName().equals("copyOf")
                || call.getName().equals("ofEntries"));
      }
    };
  }
}
