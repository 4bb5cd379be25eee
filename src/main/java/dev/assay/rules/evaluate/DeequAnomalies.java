package dev.assay.rules.evaluate;

import com.amazon.deequ.anomalydetection.AbsoluteChangeStrategy;
import com.amazon.deequ.anomalydetection.AnomalyDetectionStrategy;
import com.amazon.deequ.anomalydetection.BatchNormalStrategy;
import com.amazon.deequ.anomalydetection.OnlineNormalStrategy;
import com.amazon.deequ.anomalydetection.RelativeRateOfChangeStrategy;
import com.amazon.deequ.anomalydetection.seasonal.HoltWinters;
import dev.assay.rules.parse.AnomalyStrategy;
import dev.assay.rules.plan.AnomalyTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import scala.Option;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.collection.immutable.Vector;

/** Deequ's strategies, with its usual settings. */
final class DeequAnomalies implements AnomalyTest {
  private static final Option<Object> THREE_DEVIATIONS = Option.apply(3.0);

  /** From so many, three deviations raise a false alarm in one of thirty runs at most. */
  private static final int A_WEEK = 7;

  @Override
  public int needs(AnomalyStrategy strategy) {
    return switch (strategy) {
      case ONLINE_NORMAL, BATCH_NORMAL, ABSOLUTE_CHANGE -> A_WEEK;
      case RELATIVE_CHANGE -> 1;
      case HOLT_WINTERS -> 2 * A_WEEK;
    };
  }

  @Override
  public boolean anomalous(AnomalyStrategy strategy, double[] past, double value) {
    if (!Double.isFinite(value)) {
      // no bounds of Deequ's hold it, and it is beyond all of them
      return true;
    }
    double[] usual = strategy == AnomalyStrategy.ONLINE_NORMAL ? withoutAnomalies(past) : past;
    double[] series = Arrays.copyOf(usual, usual.length + 1);
    series[usual.length] = value;
    return !of(strategy, past)
        .detect(vector(series), new Tuple2<>(usual.length, series.length))
        .isEmpty();
  }

  /**
   * Deequ's online strategy counts the value under test among those that make its bounds. Of n
   * values none is further than √(n-1) deviations from their mean, so that up to the tenth run it
   * could not raise an alarm whatever happens. It is asked about the past only, where it leaves out
   * what was an anomaly; the bounds are made of the rest.
   */
  private static double[] withoutAnomalies(double[] past) {
    AnomalyDetectionStrategy online =
        new OnlineNormalStrategy(THREE_DEVIATIONS, THREE_DEVIATIONS, 0.0, true);
    Set<Object> anomalies = new HashSet<>();
    JavaConverters.seqAsJavaList(online.detect(vector(past), new Tuple2<>(0, past.length)))
        .forEach(found -> anomalies.add(found._1()));
    List<Double> usual = new ArrayList<>();
    for (int run = 0; run < past.length; run++) {
      if (!anomalies.contains(run)) {
        usual.add(past[run]);
      }
    }
    return usual.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static Vector<Object> vector(double[] series) {
    List<Object> values = new ArrayList<>();
    Arrays.stream(series).forEach(values::add);
    return JavaConverters.asScalaBuffer(values).toVector();
  }

  private static AnomalyDetectionStrategy of(AnomalyStrategy strategy, double[] past) {
    return switch (strategy) {
      case ONLINE_NORMAL, BATCH_NORMAL ->
          new BatchNormalStrategy(THREE_DEVIATIONS, THREE_DEVIATIONS, false);
      case RELATIVE_CHANGE ->
          new RelativeRateOfChangeStrategy(Option.apply(0.5), Option.apply(2.0), 1);
      case ABSOLUTE_CHANGE -> {
        double usual = 0;
        for (int index = 1; index < past.length; index++) {
          usual = Math.max(usual, Math.abs(past[index] - past[index - 1]));
        }
        yield new AbsoluteChangeStrategy(Option.apply(-3 * usual), Option.apply(3 * usual), 1);
      }
      case HOLT_WINTERS ->
          new HoltWinters(
              HoltWinters.MetricInterval$.MODULE$.Daily(),
              HoltWinters.SeriesSeasonality$.MODULE$.Weekly());
    };
  }
}
