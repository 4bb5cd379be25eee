package dev.assay.rules.evaluate;

import com.amazon.deequ.analyzers.Analyzer;
import com.amazon.deequ.analyzers.runners.AnalysisRunner;
import com.amazon.deequ.analyzers.runners.AnalyzerContext;
import com.amazon.deequ.metrics.Metric;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.collection.JavaConverters;

/** Deequ's runner, called from Java. */
final class DeequRunner {
  private DeequRunner() {}

  @SuppressWarnings({"unchecked", "rawtypes"})
  static AnalyzerContext run(Dataset<Row> rows, List<Analyzer<?, ? extends Metric<?>>> analyzers) {
    // the existential types of Scala's signature cannot be written in Java
    List raw = analyzers;
    return AnalysisRunner.onData(rows)
        .addAnalyzers(JavaConverters.asScalaBuffer(raw).toSeq())
        .run();
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  static Map<Analyzer<?, ?>, Metric<?>> metrics(AnalyzerContext context) {
    Map raw = JavaConverters.mapAsJavaMap(context.metricMap());
    return new HashMap<Analyzer<?, ?>, Metric<?>>(raw);
  }
}
