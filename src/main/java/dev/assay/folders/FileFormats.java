package dev.assay.folders;

import dev.assay.lake.UnreadableInputException;
import dev.assay.lake.files.DamagedFile;
import dev.assay.model.SourceFile;
import dev.assay.model.job.Input;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/** Tells formats by names, and by the first bytes of files. */
final class FileFormats {
  private static final int FIRST_BYTES = 64;

  private FileFormats() {}

  /**
   * The format that all names say.
   *
   * @throws UnreadableInputException if a name says none, or two say different ones
   */
  static Input.Format byNames(String path, List<SourceFile> files) {
    Set<Input.Format> found = EnumSet.noneOf(Input.Format.class);
    for (SourceFile file : files) {
      found.add(
          byName(file.path())
              .orElseThrow(
                  () ->
                      new UnreadableInputException(
                          file.path(),
                          "the name does not say which format the file has",
                          "Say --format csv, json, avro or parquet, or choose files with a glob.")));
    }
    if (found.size() != 1) {
      throw new UnreadableInputException(
          path,
          "there are files of several formats (%s)"
              .formatted(String.join(", ", found.stream().map(FileFormats::word).toList())),
          "Choose those of one format with a glob such as '*.%s'."
              .formatted(word(found.iterator().next())));
    }
    return found.iterator().next();
  }

  private static Optional<Input.Format> byName(String path) {
    String name = path.toLowerCase(Locale.ROOT).replaceFirst("[.](gz|bz2|zst|snappy|lz4)$", "");
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return switch (ending) {
      case "csv", "tsv" -> Optional.of(Input.Format.CSV);
      case "json", "jsonl", "ndjson" -> Optional.of(Input.Format.JSON);
      case "avro" -> Optional.of(Input.Format.AVRO);
      case "parquet" -> Optional.of(Input.Format.PARQUET);
      default -> Optional.empty();
    };
  }

  /**
   * Refuses a file that begins like one of another format.
   *
   * @throws UnreadableInputException saying what was found and what was expected
   */
  static void check(SourceFile file, Input.Format expected, Configuration configuration) {
    if (file.size() == 0) {
      throw new UnreadableInputException(
          file.path(), "the file is empty", "Expected %s.".formatted(word(expected)));
    }
    String found = kind(firstBytes(file, configuration));
    boolean text = expected == Input.Format.CSV || expected == Input.Format.JSON;
    boolean fits =
        text
            ? found.equals("text")
                || found.equals("compressed")
                || found.equals(word(expected))
                || (expected == Input.Format.CSV && found.equals("json"))
            : found.equals(word(expected));
    if (!fits) {
      throw new UnreadableInputException(
          file.path(),
          "expected %s and found %s".formatted(word(expected), found),
          "Say --format with the format that it has, or leave the file out with a glob.");
    }
  }

  private static byte[] firstBytes(SourceFile file, Configuration configuration) {
    Path path = new Path(file.path());
    try (FSDataInputStream stream = path.getFileSystem(configuration).open(path)) {
      return stream.readNBytes(FIRST_BYTES);
    } catch (IOException e) {
      throw DamagedFile.unreadable(file.path(), e);
    }
  }

  private static String kind(byte[] bytes) {
    String head = new String(bytes, StandardCharsets.ISO_8859_1);
    if (head.startsWith("PAR1")) {
      return "parquet";
    }
    if (head.startsWith("Obj\u0001")) {
      return "avro";
    }
    if (head.startsWith("ORC")) {
      return "orc";
    }
    if (head.startsWith("\u001f\u008b")
        || head.startsWith("BZh")
        || head.startsWith("(\u00b5/\u00fd")) {
      return "compressed";
    }
    if (head.startsWith("PK\u0003\u0004")) {
      return "a zip archive";
    }
    if (head.indexOf('\0') >= 0) {
      return "something binary";
    }
    return head.replace("\u00ef\u00bb\u00bf", "").strip().startsWith("{") ? "json" : "text";
  }

  private static String word(Input.Format format) {
    return format.name().toLowerCase(Locale.ROOT);
  }
}
