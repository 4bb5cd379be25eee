package dev.assay.rules.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.TestProject;
import dev.assay.model.TableName;
import dev.assay.rules.evaluate.GeneratedTable.Shape;
import dev.assay.rules.evidence.EvidenceOptions;
import dev.assay.rules.evidence.EvidenceStore;
import dev.assay.rules.evidence.SlicedTable;
import dev.assay.rules.evidence.WholeDataset;
import dev.assay.rules.evidence.iceberg.IcebergEvidence;
import dev.assay.rules.evidence.iceberg.IcebergTable;
import dev.assay.rules.parse.InvalidRulesetException;
import dev.assay.rules.parse.RulesetParser;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Generated rules over generated tables, answered three times: by this engine, by Deequ's DQDL
 * engine, and by SQL written for each rule. Where Deequ differs for a known reason, {@link
 * DeequDiffers} says which.
 */
class SecondOpinionIT {
  private static final TableName SOME = new TableName("prepared", "some");

  private final Instant now = Instant.now();

  @Test
  void threeAnswersAgree() throws IOException {
    compare(1, 8, 20);
  }

  @Test
  @Tag("long")
  void threeAnswersAgreeOnDozensOfRulesets() throws IOException {
    compare(1_000, 40, 6);
  }

  @Test
  @Tag("soak")
  void threeAnswersAgreeOnThousandsOfRules() throws IOException {
    compare(10_000, 600, 30);
  }

  private void compare(long seed, int tables, int rules) throws IOException {
    TestProject project = new TestProject(Files.createTempDirectory("assay-opinions"));
    project.sql("CREATE NAMESPACE lake.prepared");
    List<String> differences = new ArrayList<>();
    for (int index = 0; index < tables; index++) {
      Random random = new Random(seed + index);
      Shape shape = Shape.values()[index % Shape.values().length];
      boolean lake = (index + index / Shape.values().length) % 2 == 0;
      GeneratedTable table =
          GeneratedTable.random("%s %d".formatted(shape, seed + index), random, shape, lake, now);
      differences.addAll(new Comparison(project, table, now).of(written(table, random, rules)));
    }
    assertThat(differences.stream().collect(Collectors.joining("\n\n"))).isEmpty();
  }

  private List<WrittenRule> written(GeneratedTable table, Random random, int rules) {
    RuleWriter writer = new RuleWriter(table, random, now);
    Map<String, WrittenRule> byText = new LinkedHashMap<>();
    while (byText.size() < rules) {
      WrittenRule rule = writer.write();
      byText.putIfAbsent(rule.text(), rule);
      add(byText, rule.parts());
    }
    return List.copyOf(byText.values());
  }

  /** The parts of composites are compared by themselves too: that tells where a difference is. */
  private static void add(Map<String, WrittenRule> byText, List<WrittenRule> parts) {
    parts.forEach(part -> byText.putIfAbsent(part.text(), part));
  }

  private record Comparison(TestProject project, GeneratedTable table, Instant now) {

    List<String> of(List<WrittenRule> rules) {
      Dataset<Row> rows = spark().createDataFrame(table.rows(), table.schema()).coalesce(1);
      Dataset<Row> reference = reference();
      List<Opinion> ours = ours(rules, rows, reference);
      Map<WrittenRule, List<Double>> plain = new PlainSql(rows, reference).results(rules);
      Map<String, DeequEngine.Answer> deequ =
          new DeequEngine(rows, reference).answers(rules.stream().map(WrittenRule::text).toList());
      List<String> differences = new ArrayList<>();
      for (int index = 0; index < rules.size(); index++) {
        WrittenRule rule = rules.get(index);
        Opinion bySql = rule.answer().apply(plain.get(rule));
        DeequEngine.Answer theirs = deequ.get(rule.text());
        if (!ours.get(index).same(bySql, rule.scale().apply(plain.get(rule)))
            || !DeequDiffers.agreesOrIsKnown(
                new DeequDiffers.Case(table, rule, ours.get(index), plain.get(rule), deequ))) {
          differences.add(
              "%s on %s (%d rows, columns %s):%n  ours  %s%n  SQL   %s %s%n  Deequ %s"
                  .formatted(
                      rule.text(),
                      table.name(),
                      table.rows().size(),
                      rule.columns().stream()
                          .map(column -> column.name() + " " + column.type())
                          .toList(),
                      ours.get(index),
                      bySql,
                      plain.get(rule),
                      theirs == null ? "cannot parse it" : theirs));
        }
      }
      return differences;
    }

    private SparkSession spark() {
      return project.spark();
    }

    private List<Opinion> ours(List<WrittenRule> rules, Dataset<Row> rows, Dataset<Row> reference) {
      EvidenceStore store =
          table.lake()
              ? new IcebergEvidence(project.catalog().iceberg(), Clock.systemUTC())
              : EvidenceStore.NONE;
      String text =
          "Rules = [ %s ]"
              .formatted(rules.stream().map(WrittenRule::text).collect(Collectors.joining(",\n")));
      try {
        return new RulesetEvaluator(store, EvidenceOptions.ALL)
                .evaluate(
                    table.lake() ? written(rows) : new WholeDataset(rows),
                    RulesetParser.parse(table.name(), text),
                    Map.of("reference", new WholeDataset(reference)),
                    now,
                    EarlierRuns.of(table))
                .outcomes()
                .stream()
                .map(Opinion::of)
                .toList();
      } catch (InvalidRulesetException e) {
        throw new AssertionError(e.getMessage() + "\n" + text, e);
      }
    }

    /** In several files, so that evidence is merged. */
    private SlicedTable written(Dataset<Row> rows) {
      String name = project.catalog().sparkName(SOME);
      spark().sql("DROP TABLE IF EXISTS " + name);
      String columns =
          table.columns().stream()
              .map(column -> column.sql() + " " + column.type())
              .collect(Collectors.joining(", "));
      spark().sql("CREATE TABLE %s (%s) USING iceberg".formatted(name, columns));
      List<Row> all = table.rows();
      int parts = Math.min(3, Math.max(1, all.size()));
      for (int part = 0; part < parts; part++) {
        List<Row> some = all.subList(part * all.size() / parts, (part + 1) * all.size() / parts);
        try {
          spark().createDataFrame(some, rows.schema()).coalesce(1).writeTo(name).append();
        } catch (org.apache.spark.sql.catalyst.analysis.NoSuchTableException e) {
          throw new AssertionError(e);
        }
      }
      Table iceberg = project.catalog().find(SOME).orElseThrow();
      return new IcebergTable(spark(), name, iceberg, iceberg.currentSnapshot().snapshotId());
    }

    /** Some of the table's own rows, twice, and another name for one of its columns. */
    private Dataset<Row> reference() {
      List<String> roles = ReferenceRules.SHARED;
      StructType schema = new StructType();
      for (String role : roles) {
        schema = schema.add(table.schema().apply(table.role(role).name()));
      }
      schema = schema.add("b2", "int");
      List<Row> rows =
          IntStream.range(0, table.rows().size() + 2)
              .mapToObj(
                  index -> {
                    List<Object> values = new ArrayList<>();
                    for (String role : roles) {
                      values.add(
                          index / 2 >= table.rows().size()
                              ? null
                              : table
                                  .rows()
                                  .get(index / 2)
                                  .get(table.columns().indexOf(table.role(role))));
                    }
                    values.add(index % 3);
                    return RowFactory.create(values.toArray());
                  })
              .toList();
      return spark().createDataFrame(rows, schema).coalesce(1);
    }
  }
}
