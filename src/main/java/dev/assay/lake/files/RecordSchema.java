package dev.assay.lake.files;

import dev.assay.model.RowMark;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The schema of rows read from text: every column a string, then the marks. */
final class RecordSchema {
  private RecordSchema() {}

  static StructType of(List<String> columns) {
    StructType schema = new StructType();
    for (String column : columns) {
      schema = schema.add(column, DataTypes.StringType);
    }
    return schema
        .add(RowMark.FILE, DataTypes.StringType)
        .add(RowMark.OFFSET, DataTypes.LongType)
        .add(RowMark.LENGTH, DataTypes.IntegerType)
        .add(RowMark.TEXT, DataTypes.StringType)
        .add(RowMark.SPLIT, DataTypes.BooleanType)
        .add(RowMark.PROBLEMS, StructTypeOf.ddl(RowMark.PROBLEMS_TYPE))
        .add(RowMark.FATE, DataTypes.StringType);
  }

  /** Spark types from their SQL names. */
  static final class StructTypeOf {
    private StructTypeOf() {}

    static org.apache.spark.sql.types.DataType ddl(String type) {
      return StructType.fromDDL("c " + type).fields()[0].dataType();
    }
  }
}
