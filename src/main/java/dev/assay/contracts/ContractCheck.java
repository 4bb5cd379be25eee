package dev.assay.contracts;

import dev.assay.model.PublishedRuns;
import dev.assay.model.RuleOutcome;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.Score;
import dev.assay.model.job.Contract;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What became of a contract.
 *
 * @param run the published run that was held against it; empty if there is none
 * @param rows the run that wrote the newest published rows, from which freshness counts
 * @param held the newest run that started after it and that the gate holds
 * @param broken the terms that are not met; none if the contract is kept
 */
public record ContractCheck(
    Contract contract,
    Optional<RunRecord> run,
    Optional<RunRecord> rows,
    Optional<RunRecord> held,
    List<BrokenTerm> broken) {
  public ContractCheck {
    broken = List.copyOf(broken);
  }

  /** Whether every term is met. */
  public boolean met() {
    return broken.isEmpty();
  }

  /**
   * Holds what the ledger knows of a table against a contract. What counts is the run whose rows
   * main has; one that is held counts for nothing.
   *
   * @param runs of the ledger, in their newest states and any order; those of other tables are
   *     passed over
   * @param outcomes of a run, by its id; asked for at most one
   * @param now what freshness is counted back from
   */
  public static ContractCheck of(
      Contract contract,
      List<RunRecord> runs,
      Function<String, List<RuleOutcome>> outcomes,
      Instant now) {
    List<RunRecord> ofTable =
        runs.stream().filter(run -> run.table().equals(contract.table())).toList();
    PublishedRuns published = PublishedRuns.of(ofTable);
    Optional<RunRecord> current = published.current();
    Optional<RunRecord> held =
        ofTable.stream()
            .filter(run -> run.state() == RunState.HELD)
            .filter(
                run -> current.filter(main -> !run.startedAt().isAfter(main.startedAt())).isEmpty())
            .max(Comparator.comparing(RunRecord::startedAt));
    List<BrokenTerm> broken = new ArrayList<>();
    if (current.isEmpty()) {
      broken.add(neverPublished(ofTable, held));
    } else {
      RunRecord run = current.get();
      broken.addAll(brokenBy(contract, run, outcomes.apply(run.runId())));
      tooOld(contract, published, now).ifPresent(broken::add);
    }
    return new ContractCheck(contract, current, published.newestRows(), held, broken);
  }

  /**
   * The terms that a run breaks by itself, whatever time it is: score, coverage and rules that have
   * to pass. The same run and outcomes give the same terms for ever.
   *
   * @param outcomes of the run
   */
  public static List<BrokenTerm> brokenBy(
      Contract contract, RunRecord run, List<RuleOutcome> outcomes) {
    List<BrokenTerm> broken = new ArrayList<>();
    Score score = run.score();
    contract
        .minimumScore()
        .filter(minimum -> score.value().filter(value -> value.compareTo(minimum) >= 0).isEmpty())
        .ifPresent(
            minimum ->
                broken.add(
                    new BrokenTerm(
                        BrokenTerm.Kind.SCORE,
                        "at least " + plain(minimum),
                        score
                            .value()
                            .map(ContractCheck::plain)
                            .orElse("no score: no rule was answered"))));
    if (score.coverage().compareTo(contract.minimumCoverage()) < 0) {
      broken.add(
          new BrokenTerm(
              BrokenTerm.Kind.COVERAGE,
              "at least " + plain(contract.minimumCoverage()),
              plain(score.coverage())));
    }
    contract.mustPass().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(label -> mustPass(label.getKey(), label.getValue(), outcomes, broken));
    return broken;
  }

  /** A label that no rule has would be a promise that nobody looks after. */
  private static void mustPass(
      String label, List<String> values, List<RuleOutcome> outcomes, List<BrokenTerm> broken) {
    List<RuleOutcome> labelled =
        outcomes.stream()
            .filter(outcome -> !outcome.shadow())
            .filter(outcome -> outcome.labels().containsKey(label))
            .filter(outcome -> values.contains(outcome.labels().get(label)))
            .toList();
    if (labelled.isEmpty()) {
      broken.add(
          new BrokenTerm(
              BrokenTerm.Kind.MUST_PASS,
              "rules with label %s %s pass".formatted(label, String.join(" or ", values)),
              "no rule that counts has this label"));
    }
    for (RuleOutcome outcome : labelled) {
      if (!outcome.passed()) {
        BrokenTerm term =
            new BrokenTerm(BrokenTerm.Kind.MUST_PASS, outcome.rule() + " passes", found(outcome));
        if (!broken.contains(term)) {
          broken.add(term);
        }
      }
    }
  }

  private static String found(RuleOutcome outcome) {
    String how =
        outcome
            .reason()
            .map(reason -> "it has no answer (%s)".formatted(reason))
            .orElse("it failed");
    return outcome.message().isEmpty() ? how : how + ": " + outcome.message();
  }

  private static Optional<BrokenTerm> tooOld(
      Contract contract, PublishedRuns published, Instant now) {
    if (contract.freshness().isEmpty() || published.newestRows().isEmpty()) {
      return Optional.empty();
    }
    Duration oldest = contract.freshness().get();
    RunRecord newest = published.newestRows().get();
    Duration age = Duration.between(newest.stateAt(), now);
    return age.compareTo(oldest) <= 0
        ? Optional.empty()
        : Optional.of(
            new BrokenTerm(
                BrokenTerm.Kind.FRESHNESS,
                "at most %s old".formatted(words(oldest)),
                "%s: the newest rows are those of %s, published at %s"
                    .formatted(words(age), newest.dataDate(), newest.stateAt())));
  }

  private static BrokenTerm neverPublished(List<RunRecord> runs, Optional<RunRecord> held) {
    String found =
        runs.isEmpty()
            ? "the ledger knows no run of the table"
            : held.isPresent()
                ? "none; the gate holds the newest one"
                : "no run of the table was published";
    return new BrokenTerm(BrokenTerm.Kind.PUBLISHED, "a published run", found);
  }

  /** In the unit in which a contract says it: whole days, hours or minutes, rounded down. */
  private static String words(Duration duration) {
    long minutes = duration.toMinutes();
    if (minutes >= 48 * 60) {
      long hours = duration.toHours() % 24;
      return count(duration.toDays(), "day") + (hours == 0 ? "" : " " + count(hours, "hour"));
    }
    return minutes >= 120
        ? count(minutes / 60, "hour")
            + (minutes % 60 == 0 ? "" : " " + count(minutes % 60, "minute"))
        : count(minutes, "minute");
  }

  private static String count(long number, String unit) {
    return "%d %s%s".formatted(number, unit, number == 1 ? "" : "s");
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
