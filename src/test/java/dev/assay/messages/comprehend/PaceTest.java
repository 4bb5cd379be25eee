package dev.assay.messages.comprehend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.job.ComprehendRate;
import dev.assay.testing.aws.Quota;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shares of a quota against the quota, on a clock that the test moves. */
class PaceTest {
  private static final ComprehendRate RATE = new ComprehendRate(1000, 20);

  private final AtomicLong clock = new AtomicLong();

  /** A task that sends its next text at a time. */
  private record Hand(int number, long at, int size) {}

  @ParameterizedTest(name = "{0} tasks, texts of {1} to {2} characters")
  @CsvSource({"1, 20, 320", "3, 20, 320", "5, 60, 180", "3, 100, 100", "10, 50, 90"})
  void usesTheQuotaAndIsHardlyEverThrottled(int hands, int shortest, int longest) {
    Random random = new Random(7);
    Quota quota = new Quota(RATE.charactersPerSecond(), RATE.documentsPerSecond(), clock::get);
    List<Pace> paces = new ArrayList<>();
    PriorityQueue<Hand> next = new PriorityQueue<>(Comparator.comparingLong(Hand::at));
    for (int i = 0; i < hands; i++) {
      paces.add(new Pace(RATE.share(hands), clock::get));
      next.add(hand(paces, i, random, shortest, longest));
    }
    long calls = 0;
    long throttled = 0;
    long characters = 0;
    long end = TimeUnit.MINUTES.toNanos(10);
    while (next.element().at() < end) {
      Hand now = next.remove();
      clock.set(now.at());
      calls++;
      if (quota.take(now.size())) {
        characters += now.size();
        next.add(hand(paces, now.number(), random, shortest, longest));
      } else {
        throttled++;
        Pace pace = paces.get(now.number());
        pace.throttled();
        long again = pace.take(now.size()) + TimeUnit.MILLISECONDS.toNanos(500);
        next.add(new Hand(now.number(), clock.get() + again, now.size()));
      }
    }

    double share = characters / (RATE.charactersPerSecond() * 600);
    double documents = (calls - throttled) / (RATE.documentsPerSecond() * 600);
    assertThat(Math.max(share, documents)).isBetween(0.95, 1.005);
    assertThat((double) throttled / calls).isLessThan(0.01);
  }

  @Test
  void aTextLongerThanTheBucketGoesWhenItIsFullAndOwesTheRest() {
    Pace pace = new Pace(new ComprehendRate(100, 10), clock::get);

    assertThat(pace.take(500)).isZero();
    // 451 owed, and 1 to send
    assertThat(pace.take(1) / 1e9)
        .isCloseTo(452 / (100 * Pace.USED), org.assertj.core.data.Offset.offset(0.1));
  }

  @Test
  void nothingIsLeftAfterThrottling() {
    Pace pace = new Pace(new ComprehendRate(100, 1000), clock::get);

    pace.throttled();

    assertThat(pace.take(49) / 1e9).isCloseTo(0.5, org.assertj.core.data.Offset.offset(0.01));
  }

  private Hand hand(List<Pace> paces, int number, Random random, int shortest, int longest) {
    int size = shortest + random.nextInt(longest - shortest + 1);
    // threads are late
    long late = TimeUnit.MICROSECONDS.toNanos(random.nextInt(30_000));
    return new Hand(number, clock.get() + paces.get(number).take(size) + late, size);
  }
}
