package dev.assay.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Spark that PySpark of the tests' environment brings, with what EMR adds to it: Iceberg among
 * the session's jars, the AWS SDK on the cluster's class path.
 */
final class SparkDistribution {
  private static final Path PYTHON = Path.of(".venv/lib").toAbsolutePath();

  private final Path home;

  private SparkDistribution(Path home) {
    this.home = home;
  }

  static SparkDistribution ofTests() {
    try (Stream<Path> versions = Files.list(PYTHON)) {
      Path python = versions.sorted().findFirst().orElseThrow();
      return new SparkDistribution(python.resolve("site-packages/pyspark"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The jar that the build made for EMR. */
  static Path jar() {
    try (Stream<Path> files = Files.list(Path.of("target").toAbsolutePath())) {
      return files.filter(file -> file.toString().endsWith("-emr.jar")).findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What lies on the class path of every process of this Spark. */
  List<Path> jars() {
    try (Stream<Path> files = Files.list(home.resolve("jars"))) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path program(String name) {
    return home.resolve("bin").resolve(name);
  }

  /** A call of spark-submit with the jar for EMR. */
  ProcessBuilder submit(Path folder, Map<String, String> settings, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(program("spark-submit").toString());
    settings.forEach((key, value) -> command.addAll(List.of("--conf", key + "=" + value)));
    command.addAll(List.of("--jars", joined(",", "org/apache/iceberg")));
    String sdk = joined(":", "software/amazon", "org/reactivestreams");
    command.addAll(List.of("--conf", "spark.driver.extraClassPath=" + sdk));
    command.addAll(List.of("--conf", "spark.executor.extraClassPath=" + sdk));
    command.addAll(List.of("--class", Main.class.getName(), jar().toString()));
    command.addAll(arguments);
    return process(folder, command);
  }

  ProcessBuilder process(Path folder, List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    return builder;
  }

  static ForkedJvm.Ended run(ProcessBuilder builder) throws IOException, InterruptedException {
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new ForkedJvm.Ended(process.waitFor(), output);
  }

  /** Jars of the launcher's class path that lie in these folders of the repository. */
  private static String joined(String separator, String... groups) {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Stream.of(path.split(":"))
        .filter(jar -> Stream.of(groups).anyMatch(group -> jar.contains("/" + group + "/")))
        .collect(Collectors.joining(separator));
  }
}
