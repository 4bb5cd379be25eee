package dev.assay.rules.evaluate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Answers rules by the SQL written for them: all of it in one query. */
final class PlainSql {
  private final Dataset<Row> rows;

  PlainSql(Dataset<Row> rows, Dataset<Row> reference) {
    this.rows = rows;
    rows.createOrReplaceTempView("t");
    reference.createOrReplaceTempView("r");
  }

  Map<WrittenRule, List<Double>> results(List<WrittenRule> rules) {
    List<String> columns = new ArrayList<>();
    for (WrittenRule rule : rules) {
      rule.sql().forEach(sql -> columns.add("CAST(%s AS DOUBLE)".formatted(sql)));
    }
    Row row = row("SELECT count(*), %s FROM t".formatted(String.join(",\n", columns)));
    Map<WrittenRule, List<Double>> results = new HashMap<>();
    int position = 1;
    for (WrittenRule rule : rules) {
      List<Double> found = new ArrayList<>();
      for (int index = 0; index < rule.sql().size(); index++) {
        found.add(row.isNullAt(position) ? null : (Double) row.get(position));
        position++;
      }
      results.put(rule, found);
    }
    return results;
  }

  private Row row(String sql) {
    SparkSession session = rows.sparkSession();
    SmallData.dontGenerateCode(session);
    try {
      return session.sql(sql).head();
    } finally {
      SmallData.generateCode(session);
    }
  }
}
