package dev.assay.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files in a pipeline folder that no run of the pipeline touches, because they train a model or
 * send messages. Told by their {@code kind} alone, so that one that is broken elsewhere is still
 * theirs.
 */
public final class OtherKinds {
  private static final Pattern KIND = Pattern.compile("(?m)^kind:\\s*[\"']?([a-z-]+)");
  private static final Set<String> OTHER = Set.of("train", "send");

  private OtherKinds() {}

  /** Whether a file is one of them. */
  public static boolean has(Path file) {
    return Files.isRegularFile(file) && of(file).filter(OTHER::contains).isPresent();
  }

  /** Whether a file is a send job. */
  public static boolean sends(Path file) {
    return Files.isRegularFile(file) && of(file).filter("send"::equals).isPresent();
  }

  /** Those of a pipeline folder, by name; none of anything else. */
  public static List<Path> in(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
          .filter(OtherKinds::has)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }

  /**
   * Reads one of them for somebody who only looks: variables without a value are given later.
   *
   * @return remarks on those, a sentence each
   * @throws InvalidJobException if the file cannot be used as written
   */
  public static List<String> check(Path file, Map<String, String> variables, LocalDate date) {
    Variables given = Variables.givenLater(variables, date);
    LaterVariables later = new LaterVariables(file);
    try {
      if (sends(file)) {
        SendReader.load(file, variables.keySet(), given);
      } else {
        TrainingReader.read(file, given);
      }
    } catch (GivenLaterException e) {
      later.add(e);
    }
    later.add(given);
    return later.remarks();
  }

  /** The kind that a file names, as it stands there. */
  public static Optional<String> of(Path file) {
    try {
      Matcher kind = KIND.matcher(Files.readString(file));
      return kind.find() ? Optional.of(kind.group(1)) : Optional.empty();
    } catch (IOException e) {
      // who reads the file will say so
      return Optional.empty();
    }
  }
}
