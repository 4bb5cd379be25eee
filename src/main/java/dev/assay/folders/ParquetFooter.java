package dev.assay.folders;

import dev.assay.lake.files.DamagedFile;
import dev.assay.model.SourceFile;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.Footer;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;

/**
 * Columns, rows and sizes from a Parquet footer, without its rows; types as Spark usually reads.
 */
final class ParquetFooter {
  /** Binary is not text, INT96 is a timestamp, timestamps without a zone stay so. */
  private static final ParquetToSparkSchemaConverter TYPES =
      new ParquetToSparkSchemaConverter(false, true, false, true, false);

  private ParquetFooter() {}

  static FileLook look(SourceFile file, Configuration configuration) {
    Path path = new Path(file.path());
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(path, configuration))) {
      Map<String, Long> bytes = new HashMap<>();
      for (BlockMetaData block : reader.getFooter().getBlocks()) {
        block
            .getColumns()
            .forEach(
                column ->
                    bytes.merge(column.getPath().toArray()[0], column.getTotalSize(), Long::sum));
      }
      return new FileLook(
          ParquetFileFormat.readSchemaFromFooter(new Footer(path, reader.getFooter()), TYPES),
          reader.getRecordCount(),
          bytes);
    } catch (IOException | RuntimeException e) {
      throw DamagedFile.unreadable(file.path(), e);
    }
  }
}
