package dev.assay.cli;

import dev.assay.model.ExitKind;
import dev.assay.model.RuleOutcome;
import dev.assay.model.Score;
import dev.assay.model.ScoreScope;
import dev.assay.model.TableName;
import dev.assay.pipeline.LedgerHistory;
import dev.assay.reports.TextTable;
import dev.assay.rules.evaluate.RulesetEvaluator;
import dev.assay.rules.evidence.EvidenceOptions;
import dev.assay.rules.parse.Ruleset;
import dev.assay.rules.parse.RulesetParser;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.iceberg.HistoryEntry;
import org.apache.iceberg.Table;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a ruleset would have said. */
@Command(
    name = "backtest",
    description =
        "Put a ruleset to past snapshots of a table, each at its commit instant: outcomes, alarms per month, and the first snapshot that fails.",
    mixinStandardHelpOptions = true)
final class BacktestCommand implements Callable<Integer> {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** A snapshot and what the ruleset says of it. */
  private record Past(long snapshot, Instant committed, List<RuleOutcome> outcomes) {
    List<String> failed() {
      return outcomes.stream().filter(RuleOutcome::failed).map(RuleOutcome::rule).toList();
    }

    /** Of a rule that does not fail here. */
    String verdict(String rule) {
      return outcomes.stream()
          .filter(outcome -> outcome.rule().equals(rule))
          .findFirst()
          .map(outcome -> outcome.passed() ? "passes" : "has no answer: " + outcome.message())
          .orElse("");
    }
  }

  /** Where a rule began to fail. */
  private record Since(String rule, Past first, String before) {}

  @Mixin Common common = new Common();

  @Parameters(paramLabel = "RULESET", description = "A DQDL file.")
  Path ruleset = Path.of("");

  @Option(
      names = "--table",
      required = true,
      paramLabel = "TABLE",
      description = "For example prepared.trips.")
  String table = "";

  @Option(
      names = "--last",
      paramLabel = "N",
      description = "How many snapshots, the newest ones (default: 30).")
  int last = 30;

  @Option(
      names = "--first-failing",
      description =
          "Only find, by bisection over the whole history, since which snapshot each rule fails that fails now. A rule that came and went may have failed at other times too.")
  boolean firstFailing;

  @Option(
      names = "--reference",
      paramLabel = "ALIAS=TABLE",
      description = "A table that rules compare with, as it was when each snapshot was committed.")
  Map<String, String> references = new LinkedHashMap<>();

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  private @Nullable ConsoleProgress progress;

  @Override
  public Integer call() {
    TableName name = Arguments.table(table);
    Ruleset rules = RulesetParser.parse(ruleset);
    TablesOfCatalog tables = new TablesOfCatalog(common.catalog());
    tables.current(name);
    List<Long> snapshots = snapshots(tables.find(name));
    progress = new ConsoleProgress(spec.commandLine().getErr());
    progress.say("starting Spark");
    try (SparkSession spark = Wiring.spark(common.profile())) {
      ComparedTables compared = new ComparedTables(spark, tables, references);
      Scorer scorer = new Scorer(spark, tables, name, rules, compared);
      if (firstFailing) {
        bisect(snapshots, scorer);
      } else {
        report(
            snapshots.subList(Math.max(0, snapshots.size() - last), snapshots.size()).stream()
                .map(scorer::score)
                .toList());
      }
      scorer.remark().ifPresent(spec.commandLine().getOut()::println);
    }
    return ExitKind.OK.code();
  }

  /** Of main, oldest first, as far as they have not expired. */
  private static List<Long> snapshots(Table found) {
    List<Long> ids = new ArrayList<>();
    for (HistoryEntry entry : found.history()) {
      if (found.snapshot(entry.snapshotId()) != null) {
        ids.remove(entry.snapshotId());
        ids.add(entry.snapshotId());
      }
    }
    return Collections.unmodifiableList(ids);
  }

  private void report(List<Past> scored) {
    if (progress != null) {
      progress.clear();
    }
    spec.commandLine()
        .getOut()
        .println(
            new TextTable<Past>()
                .left("committed", past -> MINUTE.format(past.committed()))
                .left("snapshot", past -> Long.toString(past.snapshot()))
                .right(
                    "score",
                    past -> Score.of(past.outcomes()).value().map(Object::toString).orElse("–"))
                .right("failed", past -> Integer.toString(past.failed().size()))
                .left("rules that fail", past -> String.join(", ", past.failed()))
                .of(scored));
    Map<String, Long> alarms = new TreeMap<>();
    scored.stream()
        .filter(past -> !past.failed().isEmpty())
        .forEach(
            past -> alarms.merge(MINUTE.format(past.committed()).substring(0, 7), 1L, Long::sum));
    spec.commandLine()
        .getOut()
        .println(
            alarms.isEmpty()
                ? "\nNo snapshot would have raised an alarm."
                : "\nSnapshots that would have raised an alarm, by month: " + alarms);
    scored.stream()
        .filter(past -> !past.failed().isEmpty())
        .findFirst()
        .ifPresent(
            past ->
                spec.commandLine()
                    .getOut()
                    .printf(
                        "The first of them is %d of %s.%n",
                        past.snapshot(), MINUTE.format(past.committed())));
  }

  /** Since when each rule fails that fails now. */
  private void bisect(List<Long> snapshots, Scorer scorer) {
    Map<Long, Past> scored = new HashMap<>();
    List<Since> found = new ArrayList<>();
    Past newest = at(snapshots.size() - 1, snapshots, scored, scorer);
    for (String rule : new LinkedHashSet<>(newest.failed())) {
      found.add(since(rule, snapshots, scored, scorer));
    }
    if (progress != null) {
      progress.clear();
    }
    spec.commandLine()
        .getOut()
        .println(
            found.isEmpty()
                ? "No rule fails on the newest snapshot."
                : new TextTable<Since>()
                    .left("fails since", since -> MINUTE.format(since.first.committed()))
                    .left("snapshot", since -> Long.toString(since.first.snapshot()))
                    .left("rule", Since::rule)
                    .left("on the snapshot before it", Since::before)
                    .of(found));
  }

  /** Halves the history until the rule does not fail on one snapshot and fails on the next. */
  private static Since since(
      String rule, List<Long> snapshots, Map<Long, Past> scored, Scorer scorer) {
    int fails = snapshots.size() - 1;
    int before = -1;
    while (fails - before > 1) {
      int middle = (before + fails) / 2;
      if (at(middle, snapshots, scored, scorer).failed().contains(rule)) {
        fails = middle;
      } else {
        before = middle;
      }
    }
    return new Since(
        rule,
        at(fails, snapshots, scored, scorer),
        before < 0
            ? "there is none: it is the oldest"
            : "%d: %s"
                .formatted(
                    snapshots.get(before), at(before, snapshots, scored, scorer).verdict(rule)));
  }

  /** Each snapshot is scored once, for all rules. */
  private static Past at(int index, List<Long> snapshots, Map<Long, Past> scored, Scorer scorer) {
    return scored.computeIfAbsent(snapshots.get(index), scorer::score);
  }

  /** Scores snapshots, each at its commit instant. */
  private final class Scorer {
    private final SparkSession spark;
    private final TablesOfCatalog tables;
    private final TableName name;
    private final Ruleset rules;
    private final ComparedTables compared;
    private @Nullable Instant oldest;

    Scorer(
        SparkSession spark,
        TablesOfCatalog tables,
        TableName name,
        Ruleset rules,
        ComparedTables compared) {
      this.spark = spark;
      this.tables = tables;
      this.name = name;
      this.rules = rules;
      this.compared = compared;
    }

    Past score(long snapshot) {
      Instant committed = tables.committed(name, snapshot);
      if (progress != null) {
        progress.say("%s: snapshot of %s".formatted(name, MINUTE.format(committed)));
      }
      oldest = oldest == null || committed.isBefore(oldest) ? committed : oldest;
      return new Past(
          snapshot,
          committed,
          new RulesetEvaluator(common.evidence(), EvidenceOptions.ALL)
              .evaluate(
                  tables.asOf(spark, name, snapshot),
                  rules,
                  compared.at(committed),
                  committed,
                  LedgerHistory.of(common.ledger(), name, committed, ScoreScope.TABLE))
              .outcomes());
    }

    /** What was missing at the oldest of the scored snapshots. */
    Optional<String> remark() {
      return oldest == null ? Optional.empty() : compared.missing(oldest);
    }
  }
}
