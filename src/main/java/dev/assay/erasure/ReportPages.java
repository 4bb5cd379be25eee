package dev.assay.erasure;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Report files. They show shapes of quarantined records and texts of messages with personal data
 * masked, as far as it has a form; names have none. {@code assay report} makes them again.
 */
final class ReportPages {
  private final Path folder;

  ReportPages(Path home) {
    this.folder = home.resolve("reports");
  }

  /** Those that mention the person, or show a table in which something was found. */
  List<Path> about(Person person, Set<TableName> tables) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".html"))
          .filter(file -> shows(text(file), person, tables))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }

  private static boolean shows(String html, Person person, Set<TableName> tables) {
    return tables.stream().anyMatch(table -> html.contains("<h2>" + table + "</h2>"))
        || person.inText(html.replaceAll("<[^>]*>", " "));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** Deletes them; one that is gone already is no error. */
  static void delete(List<Path> files) {
    for (Path file : files) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new AssayException(
            ExitKind.OUTSIDE_UNAVAILABLE,
            "%s: the report cannot be deleted (%s). Delete it and call again; no row was removed yet."
                .formatted(file, e.getClass().getSimpleName()),
            e);
      }
    }
  }
}
