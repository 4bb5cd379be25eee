package dev.assay.folders;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.Fingerprint;
import dev.assay.model.RowMark;
import dev.assay.model.Sql;
import dev.assay.model.job.ColumnSpec;
import dev.assay.model.job.Input;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.StructType;

/** How the files of a folder are read: their columns, and what names the way of reading. */
final class FolderReading {
  private FolderReading() {}

  static void requireColumns(Folder folder, Input.Format format) {
    boolean nameless =
        format == Input.Format.JSON || (format == Input.Format.CSV && !folder.csv().header());
    if (nameless && folder.columns().isEmpty()) {
      throw new AssayException(
          ExitKind.USAGE,
          "%s: %s names no columns. Declare them, for example --columns 'id: bigint, name: string'."
              .formatted(
                  folder.path(), format == Input.Format.JSON ? "JSON" : "CSV without a header"));
    }
    if (format != Input.Format.CSV && format != Input.Format.JSON && !folder.columns().isEmpty()) {
      throw new AssayException(
          ExitKind.USAGE,
          "%s: files in this format carry their own columns. Take --columns out."
              .formatted(folder.path()));
    }
  }

  static void refuseReserved(Folder folder, StructType columns) {
    Arrays.stream(columns.fieldNames())
        .filter(name -> name.startsWith(RowMark.PREFIX))
        .findFirst()
        .ifPresent(
            name -> {
              throw new AssayException(
                  ExitKind.WRONG_FILES,
                  "%s: there is a column '%s'. Names that begin with %s are Assay's own."
                      .formatted(folder.path(), name, RowMark.PREFIX));
            });
  }

  static StructType declared(Folder folder) {
    return StructType.fromDDL(
        folder.columns().stream()
            .map(column -> "%s %s".formatted(Sql.column(column.name()), column.type()))
            .collect(Collectors.joining(", ")));
  }

  static List<ColumnSpec> specs(Folder folder, StructType columns) {
    return folder.columns().isEmpty()
        ? Arrays.stream(columns.fieldNames())
            .map(name -> new ColumnSpec(name, "string", Optional.empty(), true))
            .toList()
        : folder.columns();
  }

  /** The same for all states of the folder, and different for every way of reading it. */
  static String key(Folder folder, Input.Format format) {
    return "files "
        + Fingerprint.of(
                folder.path(),
                format.name(),
                folder.csv().toString(),
                folder.columns().toString(),
                folder.extraFields().name())
            .hex();
  }
}
