package dev.assay.bench;

import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.RDDInfo;

/**
 * Looks at which operators Spark runs. One inside generated code is run by its {@code
 * WholeStageCodegen}; one that had too many fields, or whose code did not compile, runs under its
 * own name. That is seen in the stages themselves, whoever made their plans.
 */
final class CodegenWatch extends SparkListener implements AutoCloseable {
  private static final String GENERATED = "WholeStageCodegen";

  private final SparkSession spark;
  private final Set<String> aggregates = new TreeSet<>();
  private int generated;

  CodegenWatch(SparkSession spark) {
    this.spark = spark;
    spark.sparkContext().addSparkListener(this);
  }

  @Override
  public synchronized void onStageSubmitted(SparkListenerStageSubmitted submitted) {
    scala.collection.JavaConverters.seqAsJavaList(submitted.stageInfo().rddInfos())
        .forEach(this::look);
  }

  private void look(RDDInfo info) {
    if (info.scope().isDefined()) {
      String operator = info.scope().get().name();
      if (operator.startsWith(GENERATED)) {
        generated++;
      } else if (operator.contains("Aggregate")) {
        aggregates.add(operator);
      }
    }
  }

  /** How many generated operators ran. */
  synchronized int generated() {
    return generated;
  }

  /** Aggregates that ran outside of generated code. */
  synchronized Set<String> fallenOut() {
    return Set.copyOf(aggregates);
  }

  @Override
  public void close() {
    spark.sparkContext().removeSparkListener(this);
  }
}
