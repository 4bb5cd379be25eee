package dev.assay.rules.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazon.deequ.anomalydetection.OnlineNormalStrategy;
import dev.assay.rules.parse.AnomalyStrategy;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import scala.Option;
import scala.Tuple2;
import scala.collection.JavaConverters;

/** Deequ itself: which series raise an alarm, and which must not. */
class DeequAnomaliesTest {
  private final DeequAnomalies anomalies = new DeequAnomalies();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ONLINE_NORMAL | 1000 1001 999 1000 1002 998 1000 | 0 | true",
        "ONLINE_NORMAL | 1000 1001 999 1000 1002 998 1000 | 1003 | false",
        "ONLINE_NORMAL | 1000 1001 999 1000 1002 998 1000 | 1006 | true",
        "ONLINE_NORMAL | 1000 1001 999 1000 1002 998 1000 | NaN | true",
        "ONLINE_NORMAL | 5 5 5 5 5 5 5 | 5 | false",
        "ONLINE_NORMAL | 5 5 5 5 5 5 5 | 5.1 | true",
        "ONLINE_NORMAL | 0.1 0.1 0.1 0.1 0.1 0.1 0.1 | 0.1 | false",
        "BATCH_NORMAL | 1000 1001 999 1000 1002 998 1000 | 0 | true",
        "BATCH_NORMAL | 1000 1001 999 1000 1002 998 1000 | 1003 | false",
        "BATCH_NORMAL | 5 5 5 5 5 5 5 | 5 | false",
        "BATCH_NORMAL | 0.1 0.1 0.1 0.1 0.1 0.1 0.1 | 0.1 | false",
        "RELATIVE_CHANGE | 1000 | 1999 | false",
        "RELATIVE_CHANGE | 1000 | 2001 | true",
        "RELATIVE_CHANGE | 1000 | 499 | true",
        "RELATIVE_CHANGE | 1000 | 500 | false",
        "RELATIVE_CHANGE | 0 | 1 | true",
        "RELATIVE_CHANGE | 0 | 0 | false",
        "ABSOLUTE_CHANGE | 10 12 11 13 12 14 13 | 19 | false",
        "ABSOLUTE_CHANGE | 10 12 11 13 12 14 13 | 19.5 | true",
        "ABSOLUTE_CHANGE | 10 12 11 13 12 14 13 | 6.5 | true",
        "ABSOLUTE_CHANGE | 10 10 10 10 10 10 10 | 10 | false"
      })
  void anAlarmIsRaisedForWhatIsUnusual(
      AnomalyStrategy strategy, String past, double value, boolean alarm) {
    double[] earlier = Arrays.stream(past.split(" ")).mapToDouble(Double::parseDouble).toArray();

    assertThat(earlier.length).isGreaterThanOrEqualTo(anomalies.needs(strategy));
    assertThat(anomalies.anomalous(strategy, earlier, value)).isEqualTo(alarm);
  }

  @Test
  void anEarlierAnomalyDoesNotWidenTheBounds() {
    double[] past = IntStream.range(0, 40).mapToDouble(run -> 1000 + run % 5).toArray();
    past[30] = 0;

    assertThat(anomalies.anomalous(AnomalyStrategy.ONLINE_NORMAL, past, 900)).isTrue();
    assertThat(anomalies.anomalous(AnomalyStrategy.BATCH_NORMAL, past, 900)).isFalse();
  }

  @Test
  void aWeeklySeasonIsExpectedAndItsAbsenceIsNot() {
    SplittableRandom random = new SplittableRandom(1);
    double[] past =
        IntStream.range(0, 28).mapToDouble(day -> onDay(day) + random.nextDouble(-2, 2)).toArray();

    assertThat(anomalies.anomalous(AnomalyStrategy.HOLT_WINTERS, past, onDay(28))).isFalse();
    assertThat(anomalies.anomalous(AnomalyStrategy.HOLT_WINTERS, past, onDay(28) / 2)).isTrue();
  }

  /** Little on two days of the week. */
  private static double onDay(int day) {
    return day % 7 < 5 ? 1000 : 200;
  }

  @ParameterizedTest
  @EnumSource(
      value = AnomalyStrategy.class,
      names = {"ONLINE_NORMAL", "BATCH_NORMAL", "ABSOLUTE_CHANGE"})
  void asManyRunsAsAreNeededMakeFewFalseAlarms(AnomalyStrategy strategy) {
    java.util.Random random = new java.util.Random(3);
    int runs = 2000;
    long alarms =
        IntStream.range(0, runs)
            .filter(
                run -> {
                  double[] past =
                      IntStream.range(0, anomalies.needs(strategy))
                          .mapToDouble(earlier -> random.nextGaussian())
                          .toArray();
                  return anomalies.anomalous(strategy, past, random.nextGaussian());
                })
            .count();

    assertThat(alarms).isLessThan(runs / 25);
  }

  /** Why the online strategy is asked about the past only. */
  @Test
  void deequsOwnOnlineBoundsIncludeTheValueAndCannotRaiseAnAlarmEarly() {
    OnlineNormalStrategy deequ =
        new OnlineNormalStrategy(Option.apply(3.0), Option.apply(3.0), 0.0, true);
    List<Object> series = List.of(1000.0, 1001.0, 999.0, 0.0);

    assertThat(
            deequ
                .detect(JavaConverters.asScalaBuffer(series).toVector(), new Tuple2<>(3, 4))
                .isEmpty())
        .isTrue();
  }
}
