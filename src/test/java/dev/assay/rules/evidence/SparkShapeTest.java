package dev.assay.rules.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.rules.plan.TableShape;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class SparkShapeTest {
  @Test
  void typesOfWideStructsAreNotCutShort() {
    TableShape wide = SparkShape.of(table(wide("int")));
    TableShape other = SparkShape.of(table(wide("string")));

    assertThat(wide.typeOf("s")).contains("f99:int");
    assertThat(wide.typeOf("s")).isNotEqualTo(other.typeOf("s"));
    assertThat(wide.typeOf("outer.s")).isNotEqualTo(other.typeOf("outer.s"));
  }

  private static StructType table(StructType wide) {
    return new StructType().add("s", wide).add("outer", new StructType().add("s", wide));
  }

  /** A hundred fields of which the last has this type. */
  private static StructType wide(String last) {
    StructType struct = new StructType();
    for (int field = 0; field < 99; field++) {
      struct = struct.add("f" + field, DataTypes.LongType);
    }
    return struct.add("f99", last);
  }
}
