package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar for EMR: what is in it, and that spark-submit runs it. */
class EmrJarIT {
  private final SparkDistribution spark = SparkDistribution.ofTests();

  @TempDir Path folder;

  @Test
  void holdsNoClassThatSparkShipsToo() throws IOException {
    Set<String> ours = classes(SparkDistribution.jar());

    for (Path jar : spark.jars()) {
      Set<String> both = classes(jar);
      both.retainAll(ours);
      assertThat(both).as(jar.getFileName().toString()).isEmpty();
    }
  }

  @Test
  void leavesThePlatformToTheCluster() throws IOException {
    assertThat(classes(SparkDistribution.jar()))
        .contains("dev/assay/cli/Main.class", "com/amazon/deequ/VerificationSuite.class")
        .noneMatch(
            name ->
                name.startsWith("scala/")
                    || name.startsWith("org/slf4j/")
                    || name.startsWith("org/apache/iceberg/")
                    || name.startsWith("org/apache/hadoop/")
                    || name.startsWith("org/apache/logging/")
                    || name.startsWith("com/fasterxml/")
                    || name.startsWith("software/amazon/awssdk/")
                    || name.startsWith("com/amazonaws/"));
    try (JarFile jar = new JarFile(SparkDistribution.jar().toFile())) {
      assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
          .isEqualTo("dev.assay.cli.Main");
      assertThat(jar.stream()).noneMatch(entry -> entry.getName().contains("log4j2"));
      assertThat(jar.getEntry("META-INF/LICENSE")).isNotNull();
    }
  }

  @Test
  void sparkSubmitRunsAPipelineOnceAndFindsNothingToDoTheSecondTime() throws Exception {
    project();

    ForkedJvm.Ended first = submit(Map.of("spark.master", "local[2]"), "run", "jobs/fleet");
    ForkedJvm.Ended second = submit(Map.of("spark.master", "local[2]"), "run", "jobs/fleet");

    assertThat(first.code()).as(first.output()).isZero();
    assertThat(Files.readString(folder.resolve("home/result.json")))
        .contains("\"exit_kind\" : \"OK\"");
    assertThat(second.code()).as(second.output()).isZero();
    assertThat(second.output()).contains("nothing to do");
  }

  @Test
  @Tag("long")
  void aClusterOfTwoWorkersRunsTheDemoThoughOneOfThemIsKilled() throws Exception {
    Path project = Path.of("").toAbsolutePath();
    Path home = folder.resolve("home");
    try (SparkCluster cluster = SparkCluster.start(spark, folder, 2)) {
      Map<String, String> settings =
          Map.of(
              "spark.master", cluster.master(),
              "spark.driver.memory", "1g",
              "spark.executor.memory", "1g",
              "spark.executor.cores", "1");
      Process demo =
          spark
              .submit(project, settings, List.of("demo", "--home", home.toString()))
              .redirectOutput(folder.resolve("demo.log").toFile())
              .start();
      Path begun = home.resolve("warehouse/prepared");
      while (demo.isAlive() && !Files.isDirectory(begun)) {
        Thread.sleep(50);
      }
      cluster.killOne();

      assertThat(demo.waitFor()).as(Files.readString(folder.resolve("demo.log"))).isZero();
      assertThat(cluster.executorsStarted()).isGreaterThanOrEqualTo(2);
    }
    DemoResult result = new DemoResult(home);
    assertThat(result.newest()).containsExactlyInAnyOrderElementsOf(DemoResult.EXPECTED);
    assertThat(result.decisions())
        .isEqualTo(Map.of("compliant", 895L, "restricted", 3L, "review", 2L));
    assertThat(result.visits()).isEqualTo(65);
  }

  /** A pipeline that protects a column, so that keys reach the tasks too. */
  private void project() throws IOException, InterruptedException {
    write("raw/vehicles.csv", "vin;model;owner\nA1;Kombi;a@b.example\nA2;Coupe;c@d.example\n");
    write("jobs/fleet/pipeline.yaml", "name: fleet\nowner: fleet-team\nzone: UTC\n");
    write(
        "jobs/fleet/vehicles.yaml",
        """
        kind: prepare
        name: vehicles
        description: Vehicles of the fleet.
        inputs:
          export:
            files: raw/vehicles.csv
            format: csv
            csv: {delimiter: ";"}
            columns:
              vin: string
              model: string
              owner: string
        steps:
          - protect:
              owner: tokenise
        output:
          table: prepared.vehicles
          mode: replace
        ruleset: rulesets/prepared/vehicles.dqdl
        """);
    write(
        "rulesets/prepared/vehicles.dqdl", "Rules = [ IsComplete \"vin\", IsUnique \"owner\" ]\n");
    ForkedJvm.Ended keys = submit(Map.of("spark.master", "local[1]"), "keys", "create");
    assertThat(keys.code()).as(keys.output()).isZero();
  }

  private void write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private ForkedJvm.Ended submit(Map<String, String> settings, String... arguments)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--home", folder.resolve("home").toString()));
    return SparkDistribution.run(spark.submit(folder, settings, all));
  }

  private static Set<String> classes(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
          .filter(name -> !name.endsWith("module-info.class"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
