package dev.assay.bench;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;

/** Runs something and says what it took: time, Spark jobs, rows and bytes that tasks read. */
final class Stopwatch extends SparkListener {
  /** What one run took. */
  record Lap(double seconds, long jobs, long rows, long bytes) {}

  private final SparkSession spark;
  private final AtomicLong jobs = new AtomicLong();
  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  Stopwatch(SparkSession spark) {
    this.spark = spark;
    spark.sparkContext().addSparkListener(this);
  }

  Lap time(Runnable work) {
    settle();
    jobs.set(0);
    rows.set(0);
    bytes.set(0);
    long start = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    settle();
    return new Lap(seconds, jobs.get(), rows.get(), bytes.get());
  }

  /** Events come late: what follows must not be blamed for what went before. */
  private void settle() {
    try {
      spark.sparkContext().listenerBus().waitUntilEmpty(10_000);
    } catch (Exception e) {
      // a TimeoutException, which Scala does not declare
      throw new IllegalStateException("Spark's events did not arrive", e);
    }
  }

  @Override
  public void onJobStart(SparkListenerJobStart start) {
    jobs.incrementAndGet();
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    if (end.taskMetrics() != null) {
      rows.addAndGet(end.taskMetrics().inputMetrics().recordsRead());
      bytes.addAndGet(end.taskMetrics().inputMetrics().bytesRead());
    }
  }
}
