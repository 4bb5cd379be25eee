package dev.assay.folders;

import dev.assay.model.job.ColumnSpec;
import dev.assay.model.job.Input;
import java.util.List;
import java.util.Optional;

/**
 * Files of one format that are scored together, each a slice of its own.
 *
 * @param path a file, folder (with all below it), glob or {@code s3://} address
 * @param format empty if the endings of the names say it
 * @param csv how CSV is written
 * @param columns for CSV and JSON lines, the columns with their types; without them CSV has the
 *     columns of its header, all of them text
 * @param extraFields whether records may have fields that are not declared
 */
public record Folder(
    String path,
    Optional<Input.Format> format,
    Input.CsvOptions csv,
    List<ColumnSpec> columns,
    Input.ExtraFields extraFields) {
  public Folder {
    columns = List.copyOf(columns);
  }

  /** Files whose names say their format; CSV is written in the usual way. */
  public static Folder of(String path) {
    return new Folder(
        path, Optional.empty(), Input.CsvOptions.DEFAULT, List.of(), Input.ExtraFields.QUARANTINE);
  }

  /** The same files in a format. */
  public Folder as(Input.Format other) {
    return new Folder(path, Optional.of(other), csv, columns, extraFields);
  }

  /** The same files, read as a job's input would read them. */
  public Folder as(Input.Files input) {
    return new Folder(
        path, Optional.of(input.format()), input.csv(), input.columns(), input.extraFields());
  }

  /** The same as a job's input, once its format and columns are known. */
  Input.Files input(Input.Format known, List<ColumnSpec> knownColumns) {
    return new Input.Files(
        List.of(path),
        known,
        csv,
        knownColumns,
        extraFields,
        Input.OnMissing.FAIL,
        Input.OnCorruptFile.FAIL,
        Input.Files.Read.ALL);
  }
}
