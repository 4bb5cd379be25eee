package dev.assay.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.ExitKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of announced messages. */
class ChunkSenderTest {
  private static final Instant START = Instant.parse("2026-11-18T10:00:00Z");
  private static final SendOutcome SENT = new SendOutcome.Sent("id");
  private static final SendOutcome LOST = new SendOutcome.Unknown("no answer");
  private static final SendOutcome BUSY = new SendOutcome.Later("busy", Optional.empty());

  private final List<Duration> waits = new ArrayList<>();
  private final MovableClock clock = new MovableClock();

  @Test
  void waitsTwiceAsLongEachTime() {
    ChunkSender sender = sender();

    assertThat(states(sender, Channel.Repeats.NEVER, BUSY, BUSY, BUSY, SENT))
        .containsExactly("SENT");
    assertThat(waits).containsExactly(seconds(1), seconds(2), seconds(4));
    assertThat(sender.stopped()).isFalse();
  }

  @Test
  void waitsAsLongAsTheChannelAsksUpToAMaximum() {
    SendOutcome asking = new SendOutcome.Later("busy", Optional.of(seconds(9)));
    SendOutcome tooMuch = new SendOutcome.Later("busy", Optional.of(seconds(9000)));

    states(sender(), Channel.Repeats.NEVER, asking, tooMuch, SENT);

    assertThat(waits).containsExactly(seconds(9), seconds(30));
  }

  @Test
  void neverRepeatsWhatMayHaveBeenSent() {
    assertThat(states(sender(), Channel.Repeats.NEVER, LOST)).containsExactly("UNKNOWN no answer");
    assertThat(waits).isEmpty();
  }

  @Test
  void repeatsWhereAChannelDropsRepeats() {
    assertThat(states(sender(), Channel.Repeats.SOON, LOST, LOST, SENT)).containsExactly("SENT");
    assertThat(states(sender(), Channel.Repeats.ALWAYS, LOST, SENT)).containsExactly("SENT");
  }

  @Test
  void repeatsOnlyWhileTheChannelRemembers() {
    ChunkSender sender = sender();
    Channel slow =
        channel(
            Channel.Repeats.SOON,
            message -> {
              clock.now = clock.now.plus(Channel.SOON);
              return LOST;
            });

    assertThat(texts(sender.send(List.of(announced(slow)), () -> {})))
        .containsExactly("UNKNOWN no answer");
  }

  @Test
  void doesNotBeginAMessageWhoseAnnouncementIsTooOld() {
    ChunkSender.Announced message = announced(channel(Channel.Repeats.NEVER, any -> SENT));
    clock.now = message.deadline().minus(ChunkSender.REQUEST).plusSeconds(1);

    assertThat(texts(sender().send(List.of(message), () -> {})))
        .containsExactly("RELEASED its announcement grew too old");
  }

  @Test
  void releasesTheRestWhenItIsAskedToStop() {
    ChunkSender sender = sender();
    Channel channel =
        channel(
            Channel.Repeats.NEVER,
            message -> {
              sender.stop();
              return SENT;
            });

    assertThat(texts(sender.send(List.of(announced(channel), announced(channel)), () -> {})))
        .containsExactly("SENT", "RELEASED the sending ended before it");
  }

  @Test
  void takesAnExceptionOfAChannelForUnknownAndEnds() {
    ChunkSender sender = sender();
    Channel broken =
        channel(
            Channel.Repeats.NEVER,
            message -> {
              throw new IllegalStateException("a secret address");
            });

    assertThat(texts(sender.send(List.of(announced(broken), announced(broken)), () -> {})))
        .containsExactly("UNKNOWN the channel broke off", "RELEASED the sending ended before it");
    assertThat(sender.failure().orElseThrow().kind()).isEqualTo(ExitKind.OUR_FAULT);
    assertThat(sender.failure().orElseThrow().getMessage())
        .contains("IllegalStateException")
        .doesNotContain("secret");
  }

  @Test
  void aRefusalForNowIsTriedByTheNextCall() {
    assertThat(states(sender(), Channel.Repeats.NEVER, SendOutcome.Refused.forNow("country")))
        .containsExactly("RELEASED country");
    assertThat(states(sender(), Channel.Repeats.NEVER, SendOutcome.Refused.forGood("opted out")))
        .containsExactly("REFUSED opted out");
  }

  private ChunkSender sender() {
    return new ChunkSender(clock, new Patience(5, seconds(1), seconds(30), waits::add));
  }

  private List<String> states(ChunkSender sender, Channel.Repeats repeats, SendOutcome... answers) {
    List<SendOutcome> left = new ArrayList<>(List.of(answers));
    return texts(
        sender.send(List.of(announced(channel(repeats, message -> left.remove(0)))), () -> {}));
  }

  private static List<String> texts(List<Sending> lines) {
    return lines.stream().map(line -> (line.state() + " " + line.reason()).strip()).toList();
  }

  private ChunkSender.Announced announced(Channel channel) {
    Instant deadline = START.plus(Duration.ofMinutes(10));
    String key = "0".repeat(64);
    return new ChunkSender.Announced(
        new Sending(
            "m",
            key,
            "hash",
            "",
            "sms",
            1,
            Sending.State.INTENT,
            "",
            "",
            START,
            Optional.of(deadline)),
        new Outgoing(key, "address", "text", ""),
        channel,
        deadline);
  }

  private interface Answering {
    SendOutcome to(Outgoing message);
  }

  private static Channel channel(Channel.Repeats repeats, Answering answering) {
    return new Channel() {
      @Override
      public SendOutcome send(Outgoing message) {
        return answering.to(message);
      }

      @Override
      public Repeats repeats() {
        return repeats;
      }
    };
  }

  private static Duration seconds(long count) {
    return Duration.ofSeconds(count);
  }

  private static final class MovableClock extends Clock {
    private Instant now = START;

    @Override
    public java.time.ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
