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
      OnCorruptFile onCorruptFile,
      Read read)
      implements Input {
    public Files {
      paths = List.copyOf(paths);
      columns = List.copyOf(columns);
    }

    /** Whether records, and structs in them, may have fields that nobody declared. */
    public boolean allowsExtraFields() {
      return extraFields == ExtraFields.IGNORE;
    }

    /** Which of the files are read. */
    public enum Read {
      ALL,
      NEW_FILES
    }
  }

  /**
   * An Iceberg table.
   *
   * @param snapshot the snapshot to read; the latest if empty
   * @param read the whole table, or what was appended since this job last published
   * @param onRewrite what becomes of a run when rows were changed or deleted in that time
   */
  record Table(
      TableName table, Optional<Long> snapshot, Read read, OnRewrite onRewrite, OnMissing onMissing)
      implements Input {
    /** Rewritten rows are no appended ones: refuse, or read only what was appended. */
    public enum OnRewrite {
      FAIL,
      IGNORE
    }

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

  /** Whether a run reads only what earlier runs have not. */
  default boolean incremental() {
    return this instanceof Files files
        ? files.read() == Files.Read.NEW_FILES
        : ((Table) this).read() == Table.Read.CHANGES;
  }
}
