package dev.assay.messages.comprehend;

import java.time.Duration;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/** What the calls in a journal cost: those of this run, and those of runs that were killed. */
final class JournalledCharges {
  /** With so many characters the names of a run's files begin. */
  static final int RUN_DIGITS = 8;

  private static final Pattern REPEATED = Pattern.compile("-task\\d+-0*[1-9]");

  private final Journal journal;
  private final String run;

  /** What runs have spent, and the time from the first to the last call of each. */
  record Left(Tally tally, Duration time) {}

  JournalledCharges(Journal journal, String run) {
    this.journal = journal;
    this.run = run;
  }

  /**
   * What this run has spent, by the reports of its tasks; by its charges where a task did not live
   * to report.
   *
   * @param before what it had spent without these reports
   * @param recorded what of that is in the ledger, and not in the journal any more
   */
  Tally of(Tally before, Tally recorded, List<TaskReport> reports) {
    Tally reported = reports.stream().map(TaskReport::spent).reduce(Tally.NOTHING, Tally::plus);
    List<String> files = journal.chargesOf(run);
    boolean complete =
        !reports.isEmpty()
            && files.stream().noneMatch(file -> REPEATED.matcher(new Path(file).getName()).find());
    if (complete || files.isEmpty()) {
      return before.plus(reported);
    }
    Tally charged = sum(files).tally();
    long throttled = before.throttled() + reported.throttled() - recorded.throttled();
    return recorded.plus(
        new Tally(charged.calls() + throttled, throttled, charged.characters(), charged.units()));
  }

  /** What this run has spent, by its charges alone. */
  Tally own() {
    return sum(journal.chargesOf(run)).tally();
  }

  /** What earlier runs have left behind. */
  Left left() {
    return sum(journal.chargesBefore(run));
  }

  /** Forgets all of it: it is written down elsewhere. */
  void delete() {
    journal.delete(journal.chargesBefore(run));
    journal.delete(journal.chargesOf(run));
  }

  private Left sum(List<String> files) {
    Tally tally = Tally.NOTHING;
    Map<String, LongSummaryStatistics> times = new TreeMap<>();
    for (String file : files) {
      String from = new Path(file).getName().substring(0, RUN_DIGITS);
      for (Charge charge : journal.charges(file)) {
        tally = tally.plus(charge.tally());
        times.computeIfAbsent(from, any -> new LongSummaryStatistics()).accept(charge.atMillis());
      }
    }
    long millis = times.values().stream().mapToLong(time -> time.getMax() - time.getMin()).sum();
    return new Left(tally, Duration.ofMillis(millis));
  }
}
