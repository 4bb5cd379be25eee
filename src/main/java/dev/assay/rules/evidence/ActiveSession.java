package dev.assay.rules.evidence;

import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * Makes a session the one that Spark finds by the thread until it is closed. Spark asks for it, and
 * for its settings, wherever plans and expressions are made, and a thread of somebody's pool may
 * have none, or another.
 */
public final class ActiveSession implements AutoCloseable {
  private final Option<SparkSession> before;

  private ActiveSession(Option<SparkSession> before) {
    this.before = before;
  }

  /** The session of what is scored. */
  public static ActiveSession of(SlicedTable table) {
    ActiveSession active = new ActiveSession(SparkSession.getActiveSession());
    SparkSession.setActiveSession(table.schema().sparkSession());
    return active;
  }

  @Override
  public void close() {
    if (before.isDefined()) {
      SparkSession.setActiveSession(before.get());
    } else {
      SparkSession.clearActiveSession();
    }
  }
}
