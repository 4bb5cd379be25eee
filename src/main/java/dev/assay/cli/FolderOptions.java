package dev.assay.cli;

import dev.assay.folders.Folder;
import dev.assay.jobs.InputText;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.Input;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How files that no job describes are read. */
final class FolderOptions {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "Of a path: csv, json, avro or parquet (default: as the names end).")
  @Nullable String format;

  @Option(
      names = "--csv",
      paramLabel = "KEY=VALUE",
      description = "Of a path: how CSV is written, with the keys that jobs know; may be repeated.")
  Map<String, String> csv = new LinkedHashMap<>();

  @Option(
      names = "--columns",
      paramLabel = "COLUMNS",
      description =
          "Of a path with CSV or JSON: columns as in a job, such as 'id: bigint, name: string'.")
  String columns = "";

  /** The folder that an argument means; empty if it means a table. */
  Optional<Folder> folder(String target) {
    if (!isPath(target)) {
      if (format != null || !csv.isEmpty() || !columns.isEmpty()) {
        throw new AssayException(
            ExitKind.USAGE,
            "%s is a table. --format, --csv and --columns go with a path, such as ./%s."
                .formatted(target, target));
      }
      return Optional.empty();
    }
    Folder folder = Folder.of(target);
    boolean described = !csv.isEmpty() || !columns.isEmpty();
    if (format == null && !described) {
      return Optional.of(folder);
    }
    if (format == null && csv.isEmpty()) {
      throw new AssayException(
          ExitKind.USAGE, "--columns needs --format: csv or json say how their files are read.");
    }
    Input.Format known = format == null ? Input.Format.CSV : parsed(format);
    return Optional.of(folder.as(InputText.read(target, known, csv, columns)));
  }

  static boolean isPath(String target) {
    return target.contains("/") || target.contains("*") || Files.exists(Path.of(target));
  }

  private static Input.Format parsed(String text) {
    return Arrays.stream(Input.Format.values())
        .filter(known -> known.name().equals(text.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new AssayException(
                    ExitKind.USAGE,
                    "'%s' is no format. Expected csv, json, avro or parquet.".formatted(text)));
  }
}
