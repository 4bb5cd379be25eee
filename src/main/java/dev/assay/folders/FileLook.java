package dev.assay.folders;

import dev.assay.lake.files.FileHeaders;
import dev.assay.model.Fingerprint;
import dev.assay.model.SourceFile;
import dev.assay.model.job.Input;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What a file says of itself before its rows are read.
 *
 * @param columns with their types; empty where the format has none of its own
 * @param rows how many; negative if only reading tells
 * @param bytes compressed bytes of columns, where the format says
 */
record FileLook(StructType columns, long rows, Map<String, Long> bytes) {
  static final int WIDTH = 3;

  /**
   * Looks at a file.
   *
   * @throws dev.assay.lake.UnreadableInputException if the file is damaged, has another format, or
   *     has not the declared columns
   */
  static FileLook at(SourceFile file, Input.Files input, Configuration configuration) {
    FileFormats.check(file, input.format(), configuration);
    return switch (input.format()) {
      case PARQUET -> ParquetFooter.look(file, configuration);
      case AVRO -> new FileLook(FileHeaders.avro(file, configuration), -1, Map.of());
      case CSV -> new FileLook(text(FileHeaders.csv(file, input, configuration)), -1, Map.of());
      case JSON -> new FileLook(new StructType(), -1, Map.of());
    };
  }

  private static StructType text(List<String> names) {
    StructType columns = new StructType();
    for (String name : names) {
      columns = columns.add(name, "string");
    }
    return columns;
  }

  /** Columns in any order, whether or not they may be NULL. */
  private Fingerprint fingerprint() {
    List<String> parts = new ArrayList<>();
    new TreeMap<>(types(columns)).forEach((name, type) -> parts.add(name + ":" + type));
    return Fingerprint.of(parts);
  }

  static Map<String, String> types(StructType columns) {
    Map<String, String> types = new LinkedHashMap<>();
    for (StructField field : columns.fields()) {
      types.put(field.name(), field.dataType().catalogString());
    }
    return types;
  }

  /** What is kept of it: the rows, and 128 bits that are equal for equal columns. */
  long[] kept() {
    String hex = fingerprint().hex();
    return new long[] {
      rows,
      Long.parseUnsignedLong(hex.substring(0, 16), 16),
      Long.parseUnsignedLong(hex.substring(16, 32), 16)
    };
  }

  static boolean sameColumns(long[] one, long[] other) {
    return one[1] == other[1] && one[2] == other[2];
  }
}
