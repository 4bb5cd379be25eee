package dev.assay.exports;

import java.util.List;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;

/** One table of an export: what of a table of the ledger leaves, and in which shape. */
public interface ExportedTable {
  /** Its name, and that of its files. */
  String name();

  /** The table in namespace {@code assay} that it is made from. */
  String source();

  /** The source's column by whose months it is read. */
  String time();

  /** The source's columns that are read; no others ever are. */
  Set<String> reads();

  /**
   * The columns that are written.
   *
   * @param source those of the ledger's table, which may be of an earlier version
   */
  Schema schema(Schema source);

  /**
   * The rows to write, in an order that depends on nothing but the rows.
   *
   * @param month all rows of one month of the source
   */
  List<Record> rows(List<Record> month, Schema schema);
}
