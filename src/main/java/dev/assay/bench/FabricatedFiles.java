package dev.assay.bench;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;

/** Data files that a table knows of and that were never written: for what must not read them. */
final class FabricatedFiles {
  private static final long ROWS = 1_000_000;
  private static final int FILES_OF_A_COMMIT = 1_000;

  private final Table table;

  FabricatedFiles(Table table) {
    this.table = table;
  }

  /** Adds files, by commits of a thousand. */
  void append(int files) {
    Metrics metrics = metrics();
    for (int first = 0; first < files; first += FILES_OF_A_COMMIT) {
      AppendFiles append = table.newFastAppend();
      for (int file = first; file < Math.min(files, first + FILES_OF_A_COMMIT); file++) {
        append.appendFile(file(file, metrics));
      }
      append.commit();
    }
  }

  private DataFile file(int number, Metrics metrics) {
    return DataFiles.builder(table.spec())
        .withPath("%s/data/fabricated-%05d.parquet".formatted(table.location(), number))
        .withFormat(FileFormat.PARQUET)
        .withFileSizeInBytes(1 << 25)
        .withMetrics(metrics)
        .withSplitOffsets(List.of(4L))
        .build();
  }

  private Metrics metrics() {
    Map<Integer, Long> sizes = new HashMap<>();
    Map<Integer, Long> values = new HashMap<>();
    Map<Integer, Long> nulls = new HashMap<>();
    Map<Integer, Long> nans = new HashMap<>();
    Map<Integer, ByteBuffer> lowest = new HashMap<>();
    Map<Integer, ByteBuffer> highest = new HashMap<>();
    for (Types.NestedField field : table.schema().columns()) {
      sizes.put(field.fieldId(), ROWS);
      values.put(field.fieldId(), ROWS);
      nulls.put(field.fieldId(), 0L);
      nans.put(field.fieldId(), 0L);
      lowest.put(field.fieldId(), Conversions.toByteBuffer(field.type(), value(field, 1)));
      highest.put(field.fieldId(), Conversions.toByteBuffer(field.type(), value(field, 5)));
    }
    return new Metrics(ROWS, sizes, values, nulls, nans, lowest, highest);
  }

  private static Object value(Types.NestedField field, int number) {
    return switch (field.type().typeId()) {
      case INTEGER, DATE -> number;
      case LONG -> (long) number;
      case TIMESTAMP -> System.currentTimeMillis() * 1000 - number;
      case DOUBLE -> number / 100.0;
      case DECIMAL -> BigDecimal.valueOf(number * 100L, ((Types.DecimalType) field.type()).scale());
      default -> "text " + number;
    };
  }
}
