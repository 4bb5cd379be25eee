package dev.assay.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class RowPackTest {
  @Test
  void givesBackTheRowsInTheirOrder() {
    RowPack pack = new RowPack(1);
    List<String> texts = List.of("", "a", "ä".repeat(7), "x".repeat(100_000), "end");
    texts.forEach(text -> pack.add(row(text)));

    pack.close();

    assertThat(textsOf(pack)).isEqualTo(texts);
    assertThat(textsOf(pack)).as("a second time").isEqualTo(texts);
  }

  @Test
  void mayBeEmpty() {
    RowPack pack = new RowPack(1);
    pack.close();

    assertThat(textsOf(pack)).isEmpty();
  }

  private static List<String> textsOf(RowPack pack) {
    List<String> texts = new ArrayList<>();
    Iterator<InternalRow> rows = pack.rows();
    rows.forEachRemaining(row -> texts.add(row.getString(0)));
    return texts;
  }

  private static UnsafeRow row(String text) {
    UnsafeRowWriter writer = new UnsafeRowWriter(1);
    writer.reset();
    writer.write(0, UTF8String.fromString(text));
    return writer.getRow();
  }
}
