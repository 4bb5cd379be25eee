package dev.assay.rules.evaluate;

import com.amazon.deequ.anomalydetection.AbsoluteChangeStrategy;
import com.amazon.deequ.anomalydetection.AnomalyDetectionStrategy;
import com.amazon.deequ.anomalydetection.BatchNormalStrategy;
import com.amazon.deequ.anomalydetection.OnlineNormalStrategy;
import com.amazon.deequ.anomalydetection.RelativeRateOfChangeStrategy;
import com.amazon.deequ.anomalydetection.seasonal.HoltWinters;
import dev.assay.rules.plan.AnomalyTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import scala.Option;
import scala.Tuple2;
import scala.collection.JavaConverters;

/** Deequ's strategies, with its usual settings. */
final class DeequAnomalies implements AnomalyTest {
  private static final Option<Object> THREE_DEVIATIONS = Option.apply(3.0);

  @Override
  public int needs(Strategy strategy) {
    return switch (strategy) {
      case ONLINE_NORMAL, BATCH_NORMAL -> 3;
      case RELATIVE_CHANGE -> 1;
      case ABSOLUTE_CHANGE -> 3;
      case HOLT_WINTERS -> 14;
    };
  }

  @Override
  public boolean anomalous(Strategy strategy, double[] past, double value) {
    if (strategy == Strategy.ONLINE_NORMAL && Arrays.stream(past).distinct().count() == 1) {
      // without any deviation Deequ's bounds are the value itself
      return value != past[0];
    }
    List<Object> series = new ArrayList<>();
    Arrays.stream(past).forEach(series::add);
    series.add(value);
    return !of(strategy, past)
        .detect(
            JavaConverters.asScalaBuffer(series).toVector(),
            new Tuple2<>(series.size() - 1, series.size()))
        .isEmpty();
  }

  private static AnomalyDetectionStrategy of(Strategy strategy, double[] past) {
    return switch (strategy) {
      case ONLINE_NORMAL -> new OnlineNormalStrategy(THREE_DEVIATIONS, THREE_DEVIATIONS, 0.0, true);
      case BATCH_NORMAL -> new BatchNormalStrategy(THREE_DEVIATIONS, THREE_DEVIATIONS, false);
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
