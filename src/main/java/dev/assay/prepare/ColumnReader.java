package dev.assay.prepare;

import java.io.Serializable;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Reads the texts of a column as its declared type. For one thread. */
interface ColumnReader extends Serializable {
  /** The type that is read. */
  DataType type();

  /** The value as Spark keeps it; NULL if the text is none of this type. */
  @Nullable Object read(UTF8String text);
}
