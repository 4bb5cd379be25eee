package dev.assay.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A standalone master and its workers on this machine: processes of their own. */
final class SparkCluster implements AutoCloseable {
  private static final Pattern MASTER = Pattern.compile("spark://127\\.0\\.0\\.1:\\d+");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final String master;
  private final List<Process> processes;

  private SparkCluster(Path folder, String master, List<Process> processes) {
    this.folder = folder;
    this.master = master;
    this.processes = processes;
  }

  static SparkCluster start(SparkDistribution spark, Path folder, int workers)
      throws IOException, InterruptedException {
    Path log = folder.resolve("master.log");
    List<Process> processes = new ArrayList<>();
    processes.add(
        server(
            spark,
            folder,
            log,
            "master.Master",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--webui-port",
            "0"));
    String master = found(log, MASTER);
    for (int i = 0; i < workers; i++) {
      Path work = Files.createDirectories(folder.resolve("worker" + i));
      Path said = folder.resolve("worker" + i + ".log");
      processes.add(
          server(
              spark,
              folder,
              said,
              "worker.Worker",
              "--host",
              "127.0.0.1",
              "--webui-port",
              "0",
              "--cores",
              "1",
              "--memory",
              "1g",
              "--work-dir",
              work.toString(),
              master));
      found(said, Pattern.compile("Successfully registered with master"));
    }
    return new SparkCluster(folder, master, processes);
  }

  String master() {
    return master;
  }

  /** Kills a worker and, with it, the executor that it watches over. */
  void killOne() throws InterruptedException {
    Process worker = processes.get(processes.size() - 1);
    worker.descendants().forEach(ProcessHandle::destroyForcibly);
    worker.destroyForcibly().waitFor();
  }

  /** As many as left a folder for their output. */
  long executorsStarted() throws IOException {
    try (Stream<Path> files = Files.find(folder, 4, (file, its) -> file.endsWith("stderr"))) {
      return files.count();
    }
  }

  private static Process server(
      SparkDistribution spark, Path folder, Path log, String name, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(spark.program("spark-class").toString());
    command.add("org.apache.spark.deploy." + name);
    command.addAll(List.of(arguments));
    Process process = spark.process(folder, command).redirectOutput(log.toFile()).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return process;
  }

  private static String found(Path log, Pattern pattern) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      Matcher matcher = pattern.matcher(Files.exists(log) ? Files.readString(log) : "");
      if (matcher.find()) {
        return matcher.group();
      }
      Thread.sleep(100);
    }
    throw new IOException("Spark did not say " + pattern + ": " + Files.readString(log));
  }

  @Override
  public void close() throws InterruptedException {
    for (int i = processes.size() - 1; i >= 0; i--) {
      processes.get(i).descendants().forEach(ProcessHandle::destroyForcibly);
      processes.get(i).destroyForcibly().waitFor();
    }
  }
}
