package dev.assay.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.io.FileUtils;

/**
 * The classes of the libraries in the form that a JVM maps into memory, made once for a class path:
 * half of what a forked JVM does with a few rows is loading classes. Our own classes are not in it,
 * so it stays right while they change.
 */
final class ForkArchive {
  private static final Path ARCHIVE = Path.of("target", "fork.jsa").toAbsolutePath();
  private static final Path MADE_OF = Path.of("target", "fork.classpath").toAbsolutePath();
  private static final Path CLASSES = Path.of("target", "fork.classes").toAbsolutePath();

  private final String java;
  private final List<String> options;
  private final String jars;
  private final String classPath;

  private ForkArchive(String java, List<String> options, String jars, String classPath) {
    this.java = java;
    this.options = options;
    this.jars = jars;
    this.classPath = classPath;
  }

  /**
   * The command that starts a JVM with the same class path as this one, up to the main class.
   *
   * @param options of the JVM
   */
  static synchronized List<String> command(List<String> options) throws IOException {
    String given =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> parts = Arrays.asList(given.split(File.pathSeparator));
    // folders cannot be in an archive, and may only follow what is
    String jars = only(parts, true);
    ForkArchive archive =
        new ForkArchive(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            options,
            jars,
            jars + File.pathSeparator + only(parts, false));
    if (!current(jars)) {
      if (!Boolean.getBoolean("assay.fork.archive")) {
        // for a few forks it is not worth half a minute
        return archive.start();
      }
      archive.make();
    }
    return archive.start("-XX:SharedArchiveFile=" + ARCHIVE);
  }

  private static boolean current(String jars) throws IOException {
    return Files.exists(ARCHIVE) && Files.exists(MADE_OF) && Files.readString(MADE_OF).equals(jars);
  }

  private static String only(List<String> parts, boolean jars) {
    return parts.stream()
        .filter(part -> part.endsWith(".jar") == jars)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private List<String> start(String... more) {
    List<String> command = new ArrayList<>(List.of(java));
    command.addAll(options);
    command.addAll(List.of(more));
    command.addAll(List.of("-cp", classPath));
    return command;
  }

  private void make() throws IOException {
    Path folder = Files.createTempDirectory("fork-archive");
    Path input = Files.writeString(folder.resolve("cars.csv"), "id,colour\n1,red\n2,blue\n");
    List<String> look = start("-XX:DumpLoadedClassList=" + CLASSES);
    look.addAll(
        List.of(
            Main.class.getName(), "init", "--from", input.toString(), "--home", folder + "/home"));

    run(folder, look);
    List<String> dump = new ArrayList<>(List.of(java));
    dump.addAll(options);
    dump.addAll(
        List.of(
            "-Xshare:dump",
            "-XX:SharedClassListFile=" + CLASSES,
            "-XX:SharedArchiveFile=" + ARCHIVE,
            "-cp",
            jars));
    run(folder, dump);
    Files.writeString(MADE_OF, jars);
    FileUtils.deleteDirectory(folder.toFile());
  }

  private static void run(Path folder, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException("no archive of classes: " + output);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
