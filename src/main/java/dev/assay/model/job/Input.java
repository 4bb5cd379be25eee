package dev.assay.model.job;

import dev.assay.model.TableName;
import java.util.List;
import java.util.Optional;

/** Where a job reads from. */
public sealed interface Input {
  /** What happens when there is nothing to read. */
  enum OnMissing {
    FAIL,
    SKIP
  }

  /**
   * Files of one format.
   *
   * @param paths local paths or {@code s3://} addresses, globs allowed
   * @param columns declared columns in the order of the files; empty for formats that carry their
   *     own
   */
  record Files(
      List<String> paths,
      Format format,
      CsvOptions csv,
      List<ColumnSpec> columns,
      ExtraFields extraFields,
      OnMissing onMissing,
      OnCorruptFile onCorruptFile)
      implements Input {
    public Files {
      paths = List.copyOf(paths);
      columns = List.copyOf(columns);
    }
  }

  /**
   * An Iceberg table.
   *
   * @param snapshot the snapshot to read; the latest if empty
   * @param read the whole table, or what changed since this job last published
   */
  record Table(TableName table, Optional<Long> snapshot, Read read, OnMissing onMissing)
      implements Input {
    /** How much of a table is read. */
    public enum Read {
      LATEST,
      CHANGES
    }
  }

  /** The file formats. */
  enum Format {
    CSV,
    JSON,
    AVRO,
    PARQUET
  }

  /** What becomes of a record with a field that nobody declared. */
  enum ExtraFields {
    QUARANTINE,
    IGNORE
  }

  /** What becomes of a run when a file cannot be read. */
  enum OnCorruptFile {
    FAIL,
    SET_ASIDE
  }

  /**
   * How CSV is written.
   *
   * @param multiLine whether a quoted field may hold line ends
   * @param nullText what stands for NULL
   */
  record CsvOptions(
      char delimiter,
      Optional<Character> quote,
      Optional<Character> escape,
      boolean header,
      String encoding,
      boolean multiLine,
      String nullText) {
    public static final CsvOptions DEFAULT =
        new CsvOptions(',', Optional.of('"'), Optional.empty(), true, "UTF-8", false, "");
  }
}
