package dev.assay.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Runs a main class in a JVM of its own, with the options and class path of this one. */
public final class ForkedJvm {
  /** How it ended and what it said on both streams. */
  public record Ended(int code, String output) {}

  private ForkedJvm() {}

  public static Ended run(
      Path folder, Map<String, String> properties, Class<?> main, String... arguments) {
    return run(folder, "", properties, main, arguments);
  }

  /** Runs behind a shell command such as {@code ulimit -f 100;}. */
  public static Ended run(
      Path folder,
      String before,
      Map<String, String> properties,
      Class<?> main,
      String... arguments) {
    try {
      Process process =
          process(folder, before, properties, main, arguments).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Starts one, and kills it without a word as soon as something is so. */
  public static Ended killedWhen(
      BooleanSupplier so,
      Path folder,
      Map<String, String> properties,
      Class<?> main,
      String... arguments) {
    Path output = folder.resolve("killed.log");
    try {
      Process process =
          process(folder, "", properties, main, arguments)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      while (process.isAlive() && !so.getAsBoolean()) {
        Thread.sleep(5);
      }
      process.destroyForcibly();
      return new Ended(process.waitFor(), Files.readString(output));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ProcessBuilder process(
      Path folder,
      String before,
      Map<String, String> properties,
      Class<?> main,
      String... arguments)
      throws IOException {
    List<String> options =
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(option -> option.startsWith("--add") || option.startsWith("-XX:+Ignore"))
            .collect(Collectors.toCollection(ArrayList::new));
    // they live for seconds: compiling less is quicker
    options.addAll(List.of("-Xmx1g", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    List<String> command = ForkArchive.command(options);
    properties.forEach((key, value) -> command.add(1, "-D" + key + "=" + value));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    List<String> shell = new ArrayList<>(List.of("bash", "-c", before + " exec \"$@\"", "fork"));
    shell.addAll(command);
    return new ProcessBuilder(shell).directory(folder.toFile());
  }
}
