package dev.assay.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.ForkedJvm;
import dev.assay.model.ExitKind;
import dev.assay.sending.SendListener.Point;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Killed anywhere, nothing is sent twice and nothing is forgotten: a real JVM really dies. */
@Tag("long")
class KilledSendingIT {
  private static final int MESSAGES = 10;

  @TempDir Path folder;

  /** With four messages announced at a time, and what is then unknown. */
  @ParameterizedTest
  @CsvSource({
    "SURVEYED, 1, 0, 0",
    "BEFORE_INTENT, 1, 0, 0",
    "AFTER_INTENT, 1, 0, 4",
    "MESSAGE_DONE, 2, 2, 4",
    "BEFORE_OUTCOME, 1, 4, 4",
    "BEFORE_INTENT, 2, 4, 4",
    "AFTER_INTENT, 2, 4, 4",
    "MESSAGE_DONE, 9, 9, 2",
    "BEFORE_OUTCOME, 3, 10, 2",
    "AFTER_OUTCOME, 1, 10, 0"
  })
  void nothingIsSentTwiceByAChannelThatCannotTell(Point point, int time, int sent, int unknown) {
    SendProject project = project();
    AppendingChannel log = new AppendingChannel(folder.resolve("sent.log"));
    ForkedJvm.Ended killed = kill(point, time, "log");
    assertThat(killed.code()).as(killed.output()).isEqualTo(137);
    assertThat(log.sent()).hasSize(sent);

    SendSummary again = project.send(Map.of("sms", log));

    assertThat(again.unknown()).hasSize(unknown);
    assertThat(again.underWayUntil().isPresent()).isEqualTo(unknown > 0);
    assertThat(log.sent()).doesNotHaveDuplicates();
    assertThat(again.sent() + again.alreadySent() + again.unknown().size()).isEqualTo(MESSAGES);
    assertThat(again.waiting()).isZero();
    assertThat(again.exit()).isEqualTo(unknown > 0 ? ExitKind.HELD : ExitKind.OK);

    // resending does not touch what may be under way, and afterwards sends the rest
    SendSummary soon = resend(project, log, Clock.systemUTC());
    assertThat(soon.sent()).isZero();
    SendSummary later =
        resend(project, log, Clock.offset(Clock.systemUTC(), Duration.ofMinutes(11)));
    assertThat(later.sent()).isEqualTo(unknown);
    assertThat(later.alreadySent()).isEqualTo(MESSAGES - unknown);
    assertThat(later.exit()).isEqualTo(ExitKind.OK);
    assertThat(new HashSet<>(log.sent())).hasSize(MESSAGES);
  }

  @ParameterizedTest
  @EnumSource(Point.class)
  void filesAreCompletedByTheNextCall(Point point) {
    SendProject project = project();
    ForkedJvm.Ended killed = kill(point, 1, "files");
    assertThat(killed.code()).as(killed.output()).isEqualTo(137);

    SendSummary again = project.send(Map.of("sms", project.files()));

    assertThat(again.sent() + again.alreadySent()).isEqualTo(MESSAGES);
    assertThat(again.exit()).isEqualTo(ExitKind.OK);
    assertThat(project.sentFiles()).hasSize(MESSAGES);
    assertThat(project.send(Map.of("sms", project.files())).sent()).isZero();
  }

  @Test
  void threeProcessesAtOnceSendEachMessageOnce() throws Exception {
    SendProject project =
        new SendProject(folder)
            .job("{sms: {files: {folder: out}}}", "chunk: 3\n")
            .compliant(60, "sms", number -> "address-" + number);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<ForkedJvm.Ended>> processes = new ArrayList<>();
      for (int process = 0; process < 3; process++) {
        processes.add(threads.submit(() -> kill(Point.SURVEYED, 99, "log")));
      }
      for (Future<ForkedJvm.Ended> process : processes) {
        ForkedJvm.Ended ended = process.get();
        // unknown is what another one had under way
        assertThat(ended.code()).as(ended.output()).isIn(0, 3);
      }
    } finally {
      threads.shutdownNow();
    }

    AppendingChannel log = new AppendingChannel(folder.resolve("sent.log"));
    assertThat(log.sent()).hasSize(60).doesNotHaveDuplicates();
    SendSummary after = project.send(Map.of("sms", log));
    assertThat(after.alreadySent()).isEqualTo(60);
    assertThat(after.exit()).isEqualTo(ExitKind.OK);
  }

  private static SendSummary resend(SendProject project, Channel channel, Clock clock) {
    return project.send(
        Map.of("sms", channel),
        new SendOptions(false, true, Long.MAX_VALUE, SendOptions.USUAL.lease()),
        clock,
        (point, done, due) -> {});
  }

  private ForkedJvm.Ended kill(Point point, int time, String channel) {
    return ForkedJvm.run(
        folder,
        Map.of(),
        KilledSending.class,
        folder.toString(),
        point.name(),
        String.valueOf(time),
        channel);
  }

  private SendProject project() {
    return new SendProject(folder)
        .job("{sms: {files: {folder: out}}}", "chunk: 4\n")
        .compliant(MESSAGES, "sms", number -> "address-" + number);
  }
}
