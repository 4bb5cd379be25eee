package dev.assay.rules.evaluate;

import dev.assay.model.Trace;
import dev.assay.model.UnansweredReason;
import dev.assay.rules.evidence.EvidenceCollector;
import dev.assay.rules.evidence.EvidenceOptions;
import dev.assay.rules.evidence.EvidenceStore;
import dev.assay.rules.evidence.Fact;
import dev.assay.rules.evidence.ReadMeter;
import dev.assay.rules.evidence.SafeMessage;
import dev.assay.rules.evidence.Slice;
import dev.assay.rules.evidence.SlicedTable;
import dev.assay.rules.plan.Measure;
import dev.assay.rules.plan.Measured;
import dev.assay.rules.plan.TableShape;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.collection.JavaConverters;

/**
 * Takes the measures that are queries of their own: custom SQL and comparisons with references.
 * What was answered for the same state of all tables is not asked again.
 */
final class SqlMeasurer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SqlMeasurer.class);

  private final SlicedTable table;
  private final Map<String, SlicedTable> references;
  private final EvidenceStore store;
  private final EvidenceOptions options;
  private @Nullable PrimaryViews views;
  private @Nullable SqlMemory memory;

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
      return guarded(() -> query("number", number.sql(), SqlMeasurer::single));
    }
    if (measure instanceof Measure.SqlRows rows) {
      return guarded(
          () -> query("rows", rows.sql(), result -> Measured.Value.count(result.count())));
    }
    if (measure instanceof Measure.ReferenceRowCount count) {
      return guarded(() -> Measured.Value.count(rows(reference(count.alias()))));
    }
    return guarded(() -> referential((Measure.Referential) measure));
  }

  /** Whether the answer of a measure is known already. Reads no row. */
  boolean knows(Measure measure) {
    try {
      return name(measure).flatMap(memory()::find).isPresent();
    } catch (Exception e) {
      // Scala throws Spark's checked AnalysisException without declaring it
      return false;
    }
  }

  /**
   * The columns of the table that a query reads, as Spark plans it; of a query that is wrong none.
   * Reads no row.
   */
  Set<String> columns(Measure measure) {
    if (measure instanceof Measure.Referential referential) {
      return new TreeSet<>(referential.columns());
    }
    try {
      if (measure instanceof Measure.SqlNumber number) {
        return columns(views().query(number.sql()));
      }
      if (measure instanceof Measure.SqlRows rows) {
        return columns(views().query(rows.sql()));
      }
    } catch (Exception e) {
      // Scala throws Spark's checked AnalysisException without declaring it
      LOG.debug("A query cannot be planned: {}", e.getClass().getName());
    }
    return Set.of();
  }

  private Set<String> columns(Dataset<Row> result) {
    Set<String> read = new TreeSet<>();
    JavaConverters.seqAsJavaList(result.queryExecution().optimizedPlan().collectLeaves())
        .forEach(
            leaf ->
                JavaConverters.seqAsJavaList(leaf.output()).forEach(each -> read.add(each.name())));
    read.retainAll(table.shape().columns());
    return read;
  }

  /** What reading columns of all slices comes to, as far as metadata tells. */
  Trace foresee(Set<String> columns) {
    long bytes = 0;
    long rows = 0;
    for (Slice slice : table.slices()) {
      bytes += columns.stream().mapToLong(slice.metadata()::bytes).sum();
      rows += Math.max(0, slice.rows());
    }
    return new Trace(0, 0, table.slices().size(), rows, bytes, 0);
  }

  /** What a stored answer comes to. */
  Trace stored() {
    return new Trace(0, table.slices().size(), 0, 0, 0, 0);
  }

  private Optional<String> name(Measure measure) {
    if (measure instanceof Measure.SqlNumber number) {
      return name("number", number.sql(), views().query(number.sql()));
    }
    if (measure instanceof Measure.SqlRows rows) {
      return name("rows", rows.sql(), views().query(rows.sql()));
    }
    return measure instanceof Measure.Referential referential
        ? name(referential)
        : Optional.empty();
  }

  private Optional<String> name(String kind, String sql, Dataset<Row> result) {
    if (table.storeKey().isEmpty()) {
      return Optional.empty();
    }
    return views()
        .read(sql, result)
        .flatMap(
            read -> {
              Set<String> others = new HashSet<>(read);
              others.remove(PrimaryViews.PRIMARY);
              return memory().name(kind + " " + sql, others);
            });
  }

  private Optional<String> name(Measure.Referential measure) {
    String text = "referential %s %s".formatted(measure.columns(), measure.referenceColumns());
    return memory().name(text, Set.of(measure.alias()));
  }

  private Measured query(String kind, String sql, Function<Dataset<Row>, Measured> taking) {
    Dataset<Row> result = views().query(sql);
    String settled = table.settled(sql);
    return remembered(
        name(kind, sql, result),
        () -> taking.apply(settled.equals(sql) ? result : views().query(settled)));
  }

  private Measured remembered(Optional<String> name, Supplier<Measured> asking) {
    Optional<Measured> known = name.flatMap(memory()::find);
    if (known.isPresent()) {
      return known.get();
    }
    try (ReadMeter meter = ReadMeter.start(table.schema().sparkSession())) {
      long start = System.nanoTime();
      Measured measured = asking.get();
      name.ifPresent(under -> memory().keep(under, measured));
      return measured instanceof Measured.Value value
          ? value.by(read(meter.taken(), System.nanoTime() - start))
          : measured;
    }
  }

  /** Of the table and of others; all of its slices, as far as anybody knows. */
  private Trace read(ReadMeter.Read read, long nanos) {
    return new Trace(0, 0, table.slices().size(), read.rows(), read.bytes(), nanos / 1_000_000);
  }

  private PrimaryViews views() {
    if (views == null) {
      views = new PrimaryViews(table.rows(), references);
    }
    return views;
  }

  private SqlMemory memory() {
    if (memory == null) {
      memory = new SqlMemory(table, references, store, options);
    }
    return memory;
  }

  @Override
  public void close() {
    if (views != null) {
      views.close();
    }
  }

  /** The one number of a result. */
  static Measured single(Dataset<Row> result) {
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
      return SqlMemory.nothing();
    }
    if (value instanceof Boolean truth) {
      return Measured.Value.count(truth ? 1 : 0);
    }
    return number((Number) value);
  }

  private static Measured.Value number(Number number) {
    if (number instanceof BigDecimal decimal) {
      return Measured.Value.exactly(decimal);
    }
    return number instanceof Double || number instanceof Float
        ? new Measured.Value(number.doubleValue())
        : Measured.Value.count(number.longValue());
  }

  private Measured referential(Measure.Referential measure) {
    return remembered(name(measure), () -> found(measure));
  }

  private Measured found(Measure.Referential measure) {
    long rows = rows(table);
    if (rows == 0) {
      return Measured.Value.count(1);
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
    return Measured.Value.share(found, rows);
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
