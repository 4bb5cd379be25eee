package dev.assay.lake.files;

import dev.assay.model.RowMark;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the records of Avro files from 0, as Spark does for Parquet. A large file is read in
 * pieces by several tasks, and how many records stand before a piece nobody knows without reading
 * them: records behind the first piece have no number.
 */
final class AvroOrdinals implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {
  private final int file;
  private final int offset;

  private AvroOrdinals(StructType schema) {
    this.file = schema.fieldIndex(RowMark.FILE);
    this.offset = schema.fieldIndex(RowMark.OFFSET);
  }

  /**
   * The same rows with numbers.
   *
   * @param rows straight from the files, with the file's path in {@link RowMark#FILE} and the
   *     beginning of the piece in {@link RowMark#OFFSET}, where the number comes to stand
   */
  static Dataset<Row> in(Dataset<Row> rows) {
    StructType schema = rows.schema();
    StructType numbered = new StructType();
    for (org.apache.spark.sql.types.StructField field : schema.fields()) {
      numbered = numbered.add(field.name(), field.dataType(), true);
    }
    return rows.sparkSession()
        .internalCreateDataFrame(
            rows.queryExecution().toRdd().toJavaRDD().mapPartitions(new AvroOrdinals(schema)).rdd(),
            numbered,
            false);
  }

  @Override
  public Iterator<InternalRow> call(Iterator<InternalRow> rows) {
    return new Iterator<>() {
      private @Nullable UTF8String current;
      private long next;

      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public InternalRow next() {
        // Spark makes each row in the place of the one before it, so it may be changed
        InternalRow row = rows.next();
        if (row.getLong(offset) > 0) {
          row.setNullAt(offset);
          return row;
        }
        UTF8String path = row.getUTF8String(file);
        if (!path.equals(current)) {
          current = path.copy();
          next = 0;
        }
        row.setLong(offset, next++);
        return row;
      }
    };
  }
}
