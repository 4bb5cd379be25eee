package dev.assay.lake.files;

import dev.assay.lake.UnreadableInputException;
import dev.assay.model.SourceFile;
import dev.assay.model.job.Input;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.mapred.FsInput;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.Footer;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.avro.SchemaConverters;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.types.StructType;

/** The columns that files name themselves. */
public final class FileHeaders {
  /** As Spark usually reads: binary is not text, INT96 is a timestamp. */
  private static final ParquetToSparkSchemaConverter PARQUET_TYPES =
      new ParquetToSparkSchemaConverter(false, true, false, true, false);

  private FileHeaders() {}

  /**
   * The columns of a CSV file: its header, checked against the declared columns if there are any.
   *
   * @return the declared columns if the file has no header
   * @throws UnreadableInputException if there is no header, or it is not as declared
   */
  public static List<String> csv(SourceFile file, Input.Files input, Configuration configuration) {
    CsvRecords format = FileRows.csvRecords(input, Map.of());
    if (!input.csv().header()) {
      return format.columns();
    }
    List<String> header = CsvHeaders.header(file, format, configuration);
    if (input.columns().isEmpty()) {
      CsvHeaders.checkUnique(file.path(), header);
      return header;
    }
    CsvHeaders.check(file.path(), header, format, input.allowsExtraFields());
    return format.columns();
  }

  /**
   * The columns of an Avro file, after a look at its end.
   *
   * @throws UnreadableInputException if the file is no Avro file, breaks off or holds no records
   */
  public static StructType avro(SourceFile file, Configuration configuration) {
    AvroEnd.check(file, configuration);
    try (DataFileReader<GenericRecord> reader =
        new DataFileReader<>(
            new FsInput(new Path(file.path()), configuration), new GenericDatumReader<>())) {
      if (SchemaConverters.toSqlType(reader.getSchema()).dataType() instanceof StructType columns) {
        return columns;
      }
    } catch (IOException | RuntimeException e) {
      throw DamagedFile.unreadable(file.path(), e);
    }
    throw new UnreadableInputException(
        file.path(), "the file holds no records", "Expected records with named fields.");
  }

  /**
   * The columns of a Parquet file, from its footer.
   *
   * @throws UnreadableInputException if the file is no Parquet file, breaks off, or has a column
   *     that Spark cannot read
   */
  public static StructType parquet(SourceFile file, Configuration configuration) {
    Path path = new Path(file.path());
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(path, configuration))) {
      return ParquetFileFormat.readSchemaFromFooter(
          new Footer(path, reader.getFooter()), PARQUET_TYPES);
    } catch (IOException | RuntimeException e) {
      throw DamagedFile.unreadable(file.path(), e);
    } catch (Exception e) {
      // Scala throws Spark's checked AnalysisException without declaring it
      throw new UnreadableInputException(
          file.path(),
          "the file has a column of a type that Spark does not read",
          "Ask its producer for another type.");
    }
  }
}
