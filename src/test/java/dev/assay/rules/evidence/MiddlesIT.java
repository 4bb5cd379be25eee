package dev.assay.rules.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.rules.evaluate.RulesetExplainer;
import dev.assay.rules.parse.RulesetParser;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.stat.descriptive.moment.Variance;
import org.junit.jupiter.api.Test;

/** How often files are read for what is made of sums of powers, and that digits are kept. */
class MiddlesIT {
  private static final int FILES = 12;
  private static final int ROWS = 500;
  private static final String WITHOUT_BOUNDS = "'write.metadata.metrics.default'='none'";

  private static final Fact.Moments ID = new Fact.Moments("id", Optional.empty(), 4);
  private static final Fact.Moments EVEN = new Fact.Moments("id", Optional.of("id % 2 = 0"), 2);
  private static final Fact.Comoments BOTH = new Fact.Comoments("id", "v", Optional.empty());
  private static final Fact.Moments SAME = new Fact.Moments("same", Optional.empty(), 2);
  private static final Fact.Moments TINY = new Fact.Moments("tiny", Optional.empty(), 2);

  @Test
  void filesThatLieFarApartAreReadOnceWhereBoundsSayWhere() {
    Collected[] collected = new Collected[1];
    LiveTable table = table("'format-version'='2'");

    int jobs = table.jobs(() -> collected[0] = collect(table, ID, EVEN, BOTH, SAME));

    assertThat(jobs).isEqualTo(1);
    assertThat(collected[0].of(ID).trace().scannedRows()).isEqualTo(FILES * ROWS);
    digitsAreKept(collected[0]);
  }

  @Test
  void withoutBoundsAllFilesAreReadOnceMoreTogether() {
    Collected[] collected = new Collected[1];
    LiveTable table = table(WITHOUT_BOUNDS);

    int jobs = table.jobs(() -> collected[0] = collect(table, ID, EVEN, BOTH, SAME));

    assertThat(jobs).isEqualTo(2);
    assertThat(collected[0].of(SAME).trace().scannedRows()).isEqualTo(2 * FILES * ROWS);
    assertThat(collected[0].of(SAME).trace().scannedSlices()).isEqualTo(FILES);
    digitsAreKept(collected[0]);
  }

  @Test
  void aSpreadBelowWhatTheFirstMeanCanTellIsFound() {
    LiveTable table = table(WITHOUT_BOUNDS);
    Collected[] collected = new Collected[1];

    int jobs = table.jobs(() -> collected[0] = collect(table, TINY));

    assertThat(jobs).isBetween(2, 3);
    long[] tiny = collected[0].of(TINY).bySlice().get(0);
    assertThat(PowerSums.central(tiny)[2] / ROWS).isCloseTo(0.125 * 0.125 / 4, within(1e-12));
  }

  @Test
  void explainSaysThatFilesMayBeReadTwice() {
    assertThat(explained(table("'format-version'='2'"))).isEqualTo("the shared pass");
    assertThat(explained(table(WITHOUT_BOUNDS)))
        .isEqualTo("the shared pass, twice if the values lie far from 0");
  }

  private static String explained(LiveTable table) {
    return new RulesetExplainer(EvidenceStore.NONE, EvidenceOptions.ALL)
        .explain(
            table.slices(),
            RulesetParser.parse("test", "Rules = [ StandardDeviation \"id\" > 1 ]"),
            Map.of(),
            Instant.EPOCH)
        .get(0)
        .passes();
  }

  private static void digitsAreKept(Collected collected) {
    double n = FILES * ROWS;
    double[] id = PowerSums.central(collected.of(ID).merged());
    double variance = (n * n - 1) / 12;
    assertThat(id[1]).isCloseTo(first() + (n - 1) / 2, within(1e-6));
    assertThat(id[2] / n).isCloseTo(variance, within(1e-12 * variance));
    // of equally spaced numbers
    double fourth = (n * n - 1) * (3 * n * n - 7) / 240;
    assertThat(id[3] / n).isCloseTo(0, within(1e-9 * Math.pow(variance, 1.5)));
    assertThat(id[4] / n).isCloseTo(fourth, within(1e-11 * fourth));
    double[] even = PowerSums.central(collected.of(EVEN).merged());
    double expected =
        new Variance(false)
            .evaluate(DoubleStream.iterate(0, x -> x + 2).limit(FILES * ROWS / 2).toArray());
    assertThat(even[2] / even[0]).isCloseTo(expected, within(1e-12 * expected));
    double[] both = PowerSums.centralTwo(collected.of(BOTH).merged());
    assertThat(both[3] / Math.sqrt(both[4] * both[5])).isCloseTo(-1, within(1e-12));
    assertThat(PowerSums.central(collected.of(SAME).merged())[2]).isZero();
  }

  private static long first() {
    return 1_000_000_000_000L;
  }

  private static LiveTable table(String properties) {
    LiveTable table = LiveTable.create("id BIGINT, v DOUBLE, same DOUBLE, tiny DOUBLE", properties);
    table.sql(
        "INSERT INTO %s SELECT id, -2D * id + 7, 123456.1D, 1e15D + (id %% 2) * 0.125D FROM range("
            + first()
            + ", "
            + (first() + (long) FILES * ROWS)
            + ", 1, "
            + FILES
            + ")");
    return table;
  }

  private static Collected collect(LiveTable table, Fact... facts) {
    return new EvidenceCollector(table.slices(), EvidenceStore.NONE, EvidenceOptions.SCAN_ONLY)
        .collect(List.of(facts));
  }
}
