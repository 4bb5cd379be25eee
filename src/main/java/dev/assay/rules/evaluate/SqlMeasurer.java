package dev.assay.rules.evaluate;

import dev.assay.model.Sql;
import dev.assay.model.UnansweredReason;
import dev.assay.rules.evidence.EvidenceCollector;
import dev.assay.rules.evidence.EvidenceOptions;
import dev.assay.rules.evidence.EvidenceStore;
import dev.assay.rules.evidence.Fact;
import dev.assay.rules.evidence.SafeMessage;
import dev.assay.rules.evidence.SlicedTable;
import dev.assay.rules.plan.Measure;
import dev.assay.rules.plan.Measured;
import dev.assay.rules.plan.TableShape;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the measures that are queries of their own: custom SQL and comparisons with references. */
final class SqlMeasurer {
  private static final Logger LOG = LoggerFactory.getLogger(SqlMeasurer.class);

  private final SlicedTable table;
  private final Map<String, SlicedTable> references;
  private final EvidenceStore store;
  private final EvidenceOptions options;

  SqlMeasurer(
      SlicedTable table,
      Map<String, SlicedTable> references,
      EvidenceStore store,
      EvidenceOptions options) {
    this.table = table;
    this.references = references;
    this.store = store;
    this.options = options;
  }

  static boolean takes(Measure measure) {
    return measure instanceof Measure.SqlNumber
        || measure instanceof Measure.SqlRows
        || measure instanceof Measure.Referential
        || measure instanceof Measure.ReferenceRowCount;
  }

  Measured measure(Measure measure) {
    if (measure instanceof Measure.SqlNumber number) {
      return guarded(() -> single(query(number.sql())));
    }
    if (measure instanceof Measure.SqlRows rows) {
      return guarded(() -> new Measured.Value(query(rows.sql()).count()));
    }
    if (measure instanceof Measure.ReferenceRowCount count) {
      return guarded(() -> new Measured.Value(rows(reference(count.alias()))));
    }
    return guarded(() -> referential((Measure.Referential) measure));
  }

  private Dataset<Row> query(String sql) {
    Dataset<Row> data = table.rows();
    // views of an own session, so that scorings at the same time do not see each other's
    org.apache.spark.sql.SparkSession session = data.sparkSession();
    String suffix = UUID.randomUUID().toString().replace("-", "");
    String primary = "assay_primary_" + suffix;
    data.createOrReplaceTempView(primary);
    StringBuilder with =
        new StringBuilder("WITH `primary` AS (SELECT * FROM %s)".formatted(primary));
    references.forEach(
        (alias, reference) -> {
          String view = "assay_reference_" + alias + "_" + suffix;
          reference.rows().createOrReplaceTempView(view);
          with.append(", %s AS (SELECT * FROM %s)".formatted(Sql.column(alias), view));
        });
    return session.sql("%s SELECT * FROM (\n%s\n)".formatted(with, sql));
  }

  private static Measured single(Dataset<Row> result) {
    DataType[] types =
        java.util.Arrays.stream(result.schema().fields())
            .map(field -> field.dataType())
            .toArray(DataType[]::new);
    if (types.length != 1
        || !(types[0] instanceof NumericType || types[0].equals(DataTypes.BooleanType))) {
      return new Measured.None(
          UnansweredReason.WRONG_TYPE,
          "The query must return one number; it returns %d column(s) of type %s."
              .formatted(types.length, types.length == 0 ? "none" : types[0].simpleString()));
    }
    List<Row> rows = result.takeAsList(2);
    if (rows.size() != 1) {
      return new Measured.None(
          UnansweredReason.ERROR,
          "The query must return one row; it returns %s."
              .formatted(rows.isEmpty() ? "none" : "more"));
    }
    Object value = rows.get(0).get(0);
    if (value == null) {
      return new Measured.None(UnansweredReason.NO_ROWS, "The query returned NULL.");
    }
    if (value instanceof Boolean truth) {
      return new Measured.Value(truth ? 1 : 0);
    }
    return new Measured.Value(((Number) value).doubleValue());
  }

  private Measured referential(Measure.Referential measure) {
    long rows = rows(table);
    if (rows == 0) {
      return new Measured.Value(1);
    }
    Dataset<Row> keys =
        reference(measure.alias())
            .rows()
            .select(columns(reference(measure.alias()).shape(), measure.referenceColumns()))
            .distinct()
            .toDF(names(measure.referenceColumns().size()));
    Column condition = null;
    Dataset<Row> here = table.rows();
    for (int index = 0; index < measure.columns().size(); index++) {
      Column equal =
          here.col(table.shape().sql(measure.columns().get(index)))
              .equalTo(keys.col("assay_key_" + index));
      condition = condition == null ? equal : condition.and(equal);
    }
    long found = here.join(keys, condition, "left_semi").count();
    return new Measured.Value((double) found / rows);
  }

  /** From metadata, where that knows. */
  private long rows(SlicedTable counted) {
    Fact rows = new Fact.Rows();
    return new EvidenceCollector(counted, store, options)
        .collect(List.of(rows))
        .of(rows)
        .merged()[0];
  }

  private SlicedTable reference(String alias) {
    SlicedTable reference = references.get(alias);
    if (reference == null) {
      throw new IllegalStateException("the plan lets no unknown reference pass: " + alias);
    }
    return reference;
  }

  private static Column[] columns(TableShape shape, List<String> names) {
    return names.stream()
        .map(name -> org.apache.spark.sql.functions.col(shape.sql(shape.find(name).orElse(name))))
        .toArray(Column[]::new);
  }

  private static String[] names(int count) {
    String[] names = new String[count];
    for (int index = 0; index < count; index++) {
      names[index] = "assay_key_" + index;
    }
    return names;
  }

  private Measured guarded(Supplier<Measured> measuring) {
    try {
      return measuring.get();
    } catch (Exception e) {
      // Scala throws Spark's checked AnalysisException without declaring it
      table
          .refusal(e)
          .ifPresent(
              refusal -> {
                throw refusal;
              });
      LOG.warn("A measure by SQL failed with {}", e.getClass().getName());
      return new Measured.None(UnansweredReason.ERROR, SafeMessage.of(e));
    }
  }
}
