package dev.assay.jobs;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.Position;
import dev.assay.model.job.Job;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the keys of a job stand in its file, for those who find a problem after it was read. */
public final class JobPlaces {
  private final Path file;
  private final Optional<Yaml> root;

  private JobPlaces(Path file, Optional<Yaml> root) {
    this.file = file;
    this.root = root;
  }

  static JobPlaces of(Yaml root) {
    return new JobPlaces(Path.of(root.file()), Optional.of(root));
  }

  /** Of a job that was read before; if its file is gone meanwhile, everything is at its start. */
  public static JobPlaces of(Job job) {
    try {
      String text = Files.readString(job.file(), StandardCharsets.UTF_8);
      Variables none = Variables.givenLater(Map.of(), LocalDate.EPOCH);
      return new JobPlaces(job.file(), Optional.of(Yaml.parse(job.file().toString(), text, none)));
    } catch (IOException | InvalidJobException e) {
      return new JobPlaces(job.file(), Optional.empty());
    }
  }

  /**
   * A problem at a value.
   *
   * @param path keys from the outermost, of lists the number of the item, from 0; what is not there
   *     is said at what it would stand in
   */
  public AssayException error(String found, String remedy, String... path) {
    return find(path)
        .map(yaml -> yaml.error(found, remedy))
        .orElseGet(
            () -> new InvalidJobException(file.toString(), new Position(1, 1), found, remedy));
  }

  /** A problem at a key, not at its value. */
  public AssayException errorAtKey(String found, String remedy, String... path) {
    String[] above = Arrays.copyOf(path, path.length - 1);
    String key = path[path.length - 1];
    return find(above)
        .filter(Yaml::isMapping)
        .map(yaml -> yaml.errorAtKey(key, found, remedy))
        .orElseGet(() -> error(found, remedy, above));
  }

  /**
   * A problem inside of a text.
   *
   * @param text the value, with variables put in
   * @param offset where in the text, from 0
   * @param path as in {@link #error}
   */
  public AssayException errorInText(
      String text, int offset, String found, String remedy, String... path) {
    return new InvalidJobException(file.toString(), inText(text, offset, path), found, remedy);
  }

  /** The same in the job's {@code sql}, with its cause. */
  public AssayException errorInSql(
      String sql, int offset, String found, String remedy, Throwable cause) {
    return new AssayException(
        ExitKind.WRONG_FILES, errorInText(sql, offset, found, remedy, "sql").getMessage(), cause);
  }

  /** Where a value stands. */
  public String at(String... path) {
    Position position = find(path).map(Yaml::position).orElse(new Position(1, 1));
    return "%s:%d:%d".formatted(file, position.line(), position.column());
  }

  private Optional<Yaml> find(String... path) {
    Optional<Yaml> found = root;
    for (String step : path) {
      Optional<Yaml> next = found.flatMap(yaml -> inside(yaml, step));
      if (next.isEmpty()) {
        return found;
      }
      found = next;
    }
    return found;
  }

  private static Optional<Yaml> inside(Yaml yaml, String step) {
    if (yaml.isMapping()) {
      return yaml.find(step);
    }
    return yaml.isList() && step.matches("\\d+")
        ? yaml.items().stream().skip(Long.parseLong(step)).findFirst()
        : Optional.empty();
  }

  /**
   * A text that stands in the file as it is has a place for each character; of others, which YAML
   * folded or variables changed, only the first is known.
   */
  private Position inText(String text, int offset, String... path) {
    Optional<Yaml> value = find(path);
    Position start = value.map(Yaml::position).orElse(new Position(1, 1));
    if (value.map(Yaml::isBlock).orElse(false)) {
      return inBlock(text, offset, start);
    }
    String line = line(start.line());
    int first = start.column() - 1;
    for (int quote = 0; quote <= 1; quote++) {
      if (line.startsWith(text, first + quote)) {
        return new Position(start.line(), start.column() + quote + offset);
      }
    }
    return start;
  }

  private Position inBlock(String text, int offset, Position start) {
    String before = text.substring(0, Math.max(0, Math.min(offset, text.length())));
    int line = (int) before.chars().filter(letter -> letter == '\n').count();
    int column = before.length() - (before.lastIndexOf('\n') + 1);
    int inFile = start.line() + 1 + line;
    // how far the block is moved in; 0 where variables changed the line
    int indent = Math.max(0, line(inFile).indexOf(text.split("\n", -1)[line]));
    return new Position(inFile, indent + column + 1);
  }

  private String line(int number) {
    try {
      List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
      return number <= lines.size() ? lines.get(number - 1) : "";
    } catch (IOException e) {
      return "";
    }
  }
}
