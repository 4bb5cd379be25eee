package dev.assay.rules.evidence;

import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.collection.JavaConverters;

/**
 * Counts what the tasks of the jobs of this thread read until it is closed, and nobody else's.
 * Bytes are those that Spark knows of: of file systems that do not count, it knows none.
 */
public final class ReadMeter extends SparkListener implements AutoCloseable {
  /** Rows and bytes that tasks read; a row that was read twice counts twice. */
  public record Read(long rows, long bytes) {}

  private static final Logger LOG = LoggerFactory.getLogger(ReadMeter.class);
  private static final String PROPERTY = "assay.read";
  private static final long MOST_MILLIS = 5_000;

  private final SparkContext context;
  private final String id = UUID.randomUUID().toString();
  private final @Nullable String before;
  private final Set<Integer> stages = ConcurrentHashMap.newKeySet();
  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  private ReadMeter(SparkContext context) {
    this.context = context;
    this.before = context.getLocalProperty(PROPERTY);
  }

  /** Counts from now on. */
  public static ReadMeter start(SparkSession session) {
    ReadMeter meter = new ReadMeter(session.sparkContext());
    meter.context.addSparkListener(meter);
    meter.context.setLocalProperty(PROPERTY, meter.id);
    return meter;
  }

  /** What was read so far. */
  public Read taken() {
    try {
      // Spark tells of tasks a moment after they ended
      context.listenerBus().waitUntilEmpty(MOST_MILLIS);
    } catch (Exception e) {
      // a TimeoutException, which Scala does not declare
      LOG.info("Spark did not tell in time what was read; it counts as less");
    }
    return new Read(rows.get(), bytes.get());
  }

  @Override
  public void onJobStart(SparkListenerJobStart start) {
    Properties properties = start.properties();
    if (properties != null && id.equals(properties.getProperty(PROPERTY))) {
      JavaConverters.seqAsJavaList(start.stageIds()).forEach(stage -> stages.add((Integer) stage));
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    if (stages.contains(end.stageId()) && end.taskMetrics() != null) {
      rows.addAndGet(end.taskMetrics().inputMetrics().recordsRead());
      bytes.addAndGet(end.taskMetrics().inputMetrics().bytesRead());
    }
  }

  @Override
  public void close() {
    context.setLocalProperty(PROPERTY, before);
    context.removeSparkListener(this);
  }
}
