package dev.assay.lake.files;

import dev.assay.lake.UnreadableInputException;
import dev.assay.model.RowMark;
import dev.assay.model.SourceFile;
import dev.assay.model.job.ColumnSpec;
import dev.assay.model.job.Input;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.avro.SchemaConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.StructType;

/**
 * Checks that every record of a local file can be told apart by the reader of a job's input, before
 * the file is taken in. Types and rules are the run's business. Changes nothing, and never quotes
 * the file: what stands where a header should may be somebody's data.
 */
public final class FormatCheck {
  private final Path file;
  private final SourceFile source;
  private final Input.Files input;
  private final Configuration configuration;

  private FormatCheck(Path file, SourceFile source, Input.Files input) {
    this.file = file;
    this.source = source;
    this.input = input;
    this.configuration = new Configuration();
    // a cluster's default is another file system
    configuration.set(FileSystem.FS_DEFAULT_NAME_KEY, "file:///");
  }

  /**
   * Reads the whole file.
   *
   * @throws UnreadableInputException if the file holds no record, or one that the input's reader
   *     would not take; says which line
   */
  public static void check(Path file, Input.Files input) {
    try {
      SourceFile source =
          new SourceFile(file.toAbsolutePath().normalize().toString(), Files.size(file), 0);
      new FormatCheck(file, source, input).check();
    } catch (IOException | UncheckedIOException e) {
      throw new UnreadableInputException(
          file.toString(),
          "the file cannot be read, or is damaged",
          "Check who may read it, and write it again; nothing was kept.");
    }
  }

  private void check() throws IOException {
    if (source.size() == 0) {
      throw wrong("the file is empty");
    }
    boolean holdsRecords =
        switch (input.format()) {
          case CSV -> lines(csv(), input.csv().header(), input.csv().multiLine());
          case JSON -> lines(FileRows.jsonRecords(input), false, false);
          case AVRO, PARQUET -> typed();
        };
    if (!holdsRecords) {
      throw wrong("the file holds no record");
    }
  }

  private CsvRecords csv() {
    CsvRecords format = FileRows.csvRecords(input, Map.of());
    if (!input.csv().header()) {
      return format;
    }
    List<String> header = CsvHeaders.header(source, format, configuration);
    boolean allowExtra = input.allowsExtraFields();
    try {
      CsvHeaders.check(source.path(), header, format, allowExtra);
    } catch (UnreadableInputException e) {
      throw wrong("line 1 is not the header that the job declares (%s)".formatted(odd(header)));
    }
    return FileRows.csvRecords(input, Map.of(source.path(), header));
  }

  /** What is wrong with a header, in the names that are declared and in numbers. */
  private String odd(List<String> header) {
    List<String> declared = columns();
    List<String> odd = new ArrayList<>();
    declared.stream()
        .filter(column -> !header.contains(column))
        .forEach(column -> odd.add("%s is missing".formatted(column)));
    long others = header.stream().filter(column -> !declared.contains(column)).count();
    if (others > 0) {
      odd.add("%d not declared".formatted(others));
    }
    int repeated = header.size() - new HashSet<>(header).size();
    if (repeated > 0) {
      odd.add("%d repeated".formatted(repeated));
    }
    return String.join(", ", odd);
  }

  /** Whether there are records. */
  private boolean lines(RecordFormat format, boolean header, boolean multiLine) throws IOException {
    try (LocalLines lines = LocalLines.open(source, configuration)) {
      Iterator<InternalRow> records =
          LineFiles.records(source.path(), lines, format, header, multiLine);
      boolean any = false;
      while (records.hasNext()) {
        any = true;
        check(records.next());
      }
      return any;
    }
  }

  private void check(InternalRow record) throws IOException {
    StructType schema = RecordSchema.of(columns());
    ArrayData problems = record.getArray(schema.fieldIndex(RowMark.PROBLEMS));
    if (problems.numElements() > 0) {
      InternalRow first = problems.getStruct(0, 3);
      long offset = record.getLong(schema.fieldIndex(RowMark.OFFSET));
      throw wrong(
          "line %d%s %s"
              .formatted(
                  LocalLines.number(source, configuration, offset),
                  first.isNullAt(1) ? "" : ": " + first.getString(1),
                  first.getString(2)));
    }
  }

  /** Whether there are records. */
  private boolean typed() {
    boolean avro = input.format() == Input.Format.AVRO;
    boolean any;
    StructType found;
    try {
      any = avro ? avro() : parquet();
      found =
          avro
              ? FileHeaders.avro(source, configuration)
              : FileHeaders.parquet(source, configuration);
    } catch (IOException | RuntimeException e) {
      // says nothing that a user could act on, and may quote the file
      throw wrong("the file is damaged, or holds no columns in this format");
    }
    checkDeclared(found);
    return any;
  }

  private void checkDeclared(StructType found) {
    if (input.columns().isEmpty()) {
      return;
    }
    try {
      new TypedColumns(input).declared(source, found);
    } catch (UnreadableInputException e) {
      throw wrong(
          "its columns are not those that the job declares (%s)"
              .formatted(String.join(", ", columns())));
    }
  }

  private boolean avro() throws IOException {
    AvroEnd.check(source, configuration);
    try (DataFileReader<GenericRecord> reader =
        new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
      if (!(SchemaConverters.toSqlType(reader.getSchema()).dataType() instanceof StructType)) {
        throw new IOException("no columns");
      }
      boolean any = false;
      while (reader.hasNext()) {
        reader.next();
        any = true;
      }
      return any;
    }
  }

  private boolean parquet() throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(source.path());
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(path, configuration))) {
      while (reader.readNextRowGroup() != null) {
        // the footer alone says nothing of the pages before it
      }
      return reader.getRecordCount() > 0;
    }
  }

  private UnreadableInputException wrong(String found) {
    return new UnreadableInputException(
        file.toString(), found, expected() + " Correct it and requeue it again; nothing was kept.");
  }

  private String expected() {
    return switch (input.format()) {
      case CSV ->
          "Expected CSV records of %s, parted by '%s'%s."
              .formatted(
                  String.join(", ", columns()),
                  input.csv().delimiter() == '\t' ? "\\t" : input.csv().delimiter(),
                  input.csv().header() ? ", below a header" : "");
      case JSON ->
          "Expected one JSON object on each line, with %s.".formatted(String.join(", ", columns()));
      case AVRO -> "Expected an Avro file like those that the job reads.";
      case PARQUET -> "Expected a Parquet file like those that the job reads.";
    };
  }

  private List<String> columns() {
    return input.columns().stream().map(ColumnSpec::name).toList();
  }
}
