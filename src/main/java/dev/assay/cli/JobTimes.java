package dev.assay.cli;

import dev.assay.messages.Bill;
import dev.assay.model.TableName;
import dev.assay.pipeline.JobResult;
import dev.assay.pipeline.RunListener;
import java.util.LinkedHashMap;
import java.util.Map;

/** How long each job of a run takes; what it hears it tells on. */
final class JobTimes implements RunListener {
  private static final double NANOS = 1e9;
  private static final double MILLIS = 1e3;

  private final RunListener next;
  private final Map<TableName, Long> begun = new LinkedHashMap<>();
  private final Map<TableName, Double> seconds = new LinkedHashMap<>();

  JobTimes(RunListener next) {
    this.next = next;
  }

  /** Of each table whose job has ended, in seconds with three digits. */
  Map<TableName, Double> seconds() {
    return seconds;
  }

  @Override
  public void started(TableName table) {
    begun.put(table, System.nanoTime());
    next.started(table);
  }

  @Override
  public void ended(JobResult result) {
    Long since = begun.get(result.table());
    if (since != null) {
      double time = (System.nanoTime() - since) / NANOS;
      seconds.put(result.table(), Math.round(time * MILLIS) / MILLIS);
    }
    next.ended(result);
  }

  @Override
  public void reached(TableName table, Point point) {
    next.reached(table, point);
  }

  @Override
  public void estimated(TableName table, Bill bill) {
    next.estimated(table, bill);
  }

  @Override
  public void decided(TableName table) {
    next.decided(table);
  }

  @Override
  public void maintained(TableName table, Upkeep step) {
    next.maintained(table, step);
  }
}
