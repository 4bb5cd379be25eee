package dev.assay.messages.comprehend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BatchFolderTest {
  @Test
  void aTextStaysOnItsLine() {
    assertThat(BatchFolder.line("a\r\nb\u2028c\u2029d\u0085e\u000Bf\fg\n"))
        .isEqualTo(new Cut("a  b c d e f g ", false));
    assertThat(BatchFolder.line("€".repeat(4_000)).characters()).isEqualTo(3_333);
  }

  @Test
  void aJobHasNoMoreThanItMay() {
    Limits limits = Limits.OF_SERVICE;

    assertThat(limits.linesOfJob(1_000_000, 100_000_000)).isEqualTo(1_000_000);
    assertThat(limits.linesOfJob(1_000_001, 100_000_000)).isEqualTo(499_950);
    assertThat(limits.linesOfJob(900_000, 6_000_000_000L)).isEqualTo(499_950);
  }

  @Test
  void waitsLongerAndLongerButNotForEver() {
    AtomicLong clock = new AtomicLong();
    List<Duration> waits = new ArrayList<>();
    Waiting waiting =
        new Waiting(
            Duration.ofSeconds(4),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            clock::get,
            wait -> {
              waits.add(wait);
              clock.addAndGet(wait.toNanos());
            });

    int times = 0;
    while (waiting.goesOn()) {
      times++;
    }

    assertThat(times).isEqualTo(5);
    assertThat(waits).extracting(Duration::toSeconds).containsExactly(4L, 6L, 9L, 10L, 1L);
  }
}
