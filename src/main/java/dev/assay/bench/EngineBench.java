package dev.assay.bench;

import com.amazon.deequ.dqdl.EvaluateDataQuality;
import dev.assay.bench.BenchTable.Variant;
import dev.assay.bench.Stopwatch.Lap;
import dev.assay.lake.iceberg.LakeCatalog;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.RuleOutcome;
import dev.assay.rules.evaluate.RulesetEvaluator;
import dev.assay.rules.evidence.EvidenceOptions;
import dev.assay.rules.evidence.iceberg.IcebergEvidence;
import dev.assay.rules.parse.RulesetParser;
import dev.assay.rules.plan.MetricHistory;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The engine against its peers on the same table in the same JVM: a bare scan (X), SQL that an
 * engineer writes by hand (f), and Deequ's DQDL engine. Outcomes are compared with Deequ's.
 */
public final class EngineBench {
  /** A line of the report: what it took, how that compares, and what is asked for. */
  public record Line(String way, Lap lap, String ratio, String target) {
    /** The time in seconds. */
    public double seconds() {
      return lap.seconds();
    }

    public long jobs() {
      return lap.jobs();
    }

    public long rowsRead() {
      return lap.rows();
    }

    public long bytesRead() {
      return lap.bytes();
    }
  }

  private static final String ANSI = "spark.sql.ansi.enabled";
  private static final EvidenceOptions NO_METADATA = new EvidenceOptions(false, true);

  private final SparkSession spark;
  private final LakeCatalog catalog;
  private final long rows;
  private final int rounds;
  private final Consumer<String> progress;
  private final FreshStore store;

  public EngineBench(
      SparkSession spark, LakeCatalog catalog, long rows, int rounds, Consumer<String> progress) {
    this.spark = spark;
    this.catalog = catalog;
    this.rows = rows;
    this.rounds = rounds;
    this.progress = progress;
    this.store = new FreshStore(new IcebergEvidence(catalog.iceberg(), Clock.systemUTC()));
  }

  /** Rules that one scan answers, cold. */
  public List<Line> scanRules() {
    BenchTable table = table("lineitem", Variant.DENSE);
    String rules = BenchTable.resource("scan-rules.dqdl");
    Map<String, Lap> laps =
        new Contest()
            .way("X, a bare scan", () -> sql(table, "bare-scan.sql"))
            .way("f, SQL by hand", () -> sql(table, "by-hand.sql"))
            .way("Deequ DQDL, 28 rules", () -> deequ(table, rules))
            .way(
                "Assay, 28 rules, cold, no metadata",
                store::start,
                () -> assay(table, rules, NO_METADATA))
            .way(
                "Assay, 28 rules, cold",
                store::start,
                () -> assay(table, rules, EvidenceOptions.ALL))
            .way("Assay, 28 rules, nothing changed", () -> assay(table, rules, EvidenceOptions.ALL))
            .run(spark, rounds, progress);
    requireSame(deequ(table, rules), assay(table, rules, EvidenceOptions.ALL));
    return lines(
        laps,
        "X, a bare scan",
        "Deequ DQDL, 28 rules",
        Map.of(
            "Assay, 28 rules, cold, no metadata", "<= 1.7 X, Deequ >= 2.3",
            "Assay, 28 rules, cold", "<= 1.15 X, Deequ >= 3.5",
            "Assay, 28 rules, nothing changed", "0 jobs, <= 0.3 s"));
  }

  /** The same with uniqueness, distinct values and entropy, rows in order and shuffled. */
  public List<Line> allRules() {
    BenchTable ordered = table("lineitem", Variant.DENSE);
    BenchTable shuffled = table("lineitem_shuffled", Variant.SHUFFLED);
    String rules = BenchTable.resource("all-rules.dqdl");
    Map<String, Lap> laps =
        new Contest()
            .way("Deequ DQDL, 33 rules", () -> deequ(ordered, rules))
            .way(
                "Assay, 33 rules, cold",
                store::start,
                () -> assay(ordered, rules, EvidenceOptions.ALL))
            .way("Deequ DQDL, 33 rules, shuffled", () -> deequ(shuffled, rules))
            .way(
                "Assay, 33 rules, cold, shuffled",
                store::start,
                () -> assay(shuffled, rules, EvidenceOptions.ALL))
            .run(spark, rounds, progress);
    requireSame(deequ(ordered, rules), assay(ordered, rules, EvidenceOptions.ALL));
    requireSame(deequ(shuffled, rules), assay(shuffled, rules, EvidenceOptions.ALL));
    return lines(
        laps,
        "Deequ DQDL, 33 rules",
        "Deequ DQDL, 33 rules",
        Map.of(
            "Assay, 33 rules, cold", "Deequ >= 4",
            "Assay, 33 rules, cold, shuffled", "Deequ >= 3"));
  }

  private BenchTable table(String name, Variant variant) {
    progress.accept("making table " + name);
    return new BenchTable(spark, catalog, name, variant).fill(rows);
  }

  private void sql(BenchTable table, String file) {
    table.rows().createOrReplaceTempView("lineitem");
    spark.sql(BenchTable.resource(file)).collectAsList();
  }

  private Map<String, Boolean> deequ(BenchTable table, String rules) {
    // Deequ's custom SQL reads a view of this name and does not make it
    table.rows().createOrReplaceTempView("primary");
    // nor does it work under ANSI: it casts texts of its own to numbers
    spark.conf().set(ANSI, "false");
    try {
      Map<String, Boolean> passed = new TreeMap<>();
      for (Row row : EvaluateDataQuality.process(table.rows(), rules).collectAsList()) {
        passed.put(
            row.getString(row.fieldIndex("Rule")).replaceAll("\\s+", ""),
            row.getString(row.fieldIndex("Outcome")).equals("Passed"));
      }
      return passed;
    } finally {
      spark.conf().set(ANSI, "true");
    }
  }

  private Map<String, Boolean> assay(BenchTable table, String rules, EvidenceOptions options) {
    Map<String, Boolean> passed = new TreeMap<>();
    for (RuleOutcome outcome :
        new RulesetEvaluator(store, options)
            .evaluate(
                table.slices(),
                RulesetParser.parse("bench", rules),
                Map.of(),
                Clock.systemUTC().instant(),
                MetricHistory.NONE)
            .outcomes()) {
      passed.put(outcome.rule().replaceAll("\\s+", ""), outcome.passed());
    }
    return passed;
  }

  private static void requireSame(Map<String, Boolean> theirs, Map<String, Boolean> ours) {
    if (!theirs.equals(ours)) {
      Map<String, Boolean> onlyOurs = new TreeMap<>(ours);
      onlyOurs.entrySet().removeAll(theirs.entrySet());
      Map<String, Boolean> onlyTheirs = new TreeMap<>(theirs);
      onlyTheirs.entrySet().removeAll(ours.entrySet());
      throw new AssayException(
          ExitKind.OUR_FAULT,
          "Outcomes differ: ours %s, Deequ's %s.".formatted(onlyOurs, onlyTheirs));
    }
  }

  private static List<Line> lines(
      Map<String, Lap> laps, String base, String peer, Map<String, String> targets) {
    Lap baseLap = java.util.Objects.requireNonNull(laps.get(base), base);
    Lap peerLap = java.util.Objects.requireNonNull(laps.get(peer), peer);
    return laps.entrySet().stream()
        .map(
            entry ->
                new Line(
                    entry.getKey(),
                    entry.getValue(),
                    "%.2f x first, Deequ %.1f x"
                        .formatted(
                            entry.getValue().seconds() / baseLap.seconds(),
                            peerLap.seconds() / entry.getValue().seconds()),
                    targets.getOrDefault(entry.getKey(), "")))
        .toList();
  }
}
