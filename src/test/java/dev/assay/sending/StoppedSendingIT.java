package dev.assay.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.ForkedJvm;
import dev.assay.cli.Main;
import dev.assay.model.ExitKind;
import dev.assay.testing.aws.EndUserMessagingStub;
import dev.assay.testing.aws.RecordedRequests;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A process that is asked to end leaves nothing unknown; one that is killed leaves a chunk. */
@Tag("long")
class StoppedSendingIT {
  private static final int MESSAGES = 3000;

  @RegisterExtension final RecordedRequests requests = new RecordedRequests();

  @TempDir Path folder;

  @Test
  void aProcessThatIsAskedToEndRecordsWhatItSent() throws Exception {
    try (EndUserMessagingStub texts = EndUserMessagingStub.start(requests)) {
      SendProject project = project(texts);

      String said = stop(texts, "TERM");

      int sent = texts.sent().size();
      assertThat(sent).isBetween(50, MESSAGES - 1);
      assertThat(project.states().values().stream().distinct())
          .as(said)
          .doesNotContain("intent", "unknown");
      assertThat(project.states().values()).filteredOn("sent"::equals).hasSize(sent);
    }
  }

  @Test
  void aProcessThatIsKilledLeavesItsChunkUnknownAndTheNextOneSendsTheRest() throws Exception {
    try (EndUserMessagingStub texts = EndUserMessagingStub.start(requests)) {
      SendProject project = project(texts);

      stop(texts, "KILL");
      SendProject.Said next = project.sendCommand();

      assertThat(next.code()).as(next.text()).isEqualTo(ExitKind.HELD.code());
      assertThat(texts.sent())
          .extracting(sent -> sent.context().get("delivery-key"))
          .doesNotHaveDuplicates();
      long unknown =
          project.states().values().stream().filter(state -> state.equals("intent")).count();
      assertThat(unknown).isBetween(1L, 50L);
      assertThat(texts.sent().size()).isBetween(MESSAGES - (int) unknown, MESSAGES);
    }
  }

  private SendProject project(EndUserMessagingStub texts) {
    return new SendProject(folder)
        .job(
            "{sms: {sms: {region: us-east-1, endpoint: \"%s\"}}}".formatted(texts.endpoint()),
            "chunk: 50\n")
        .compliant(MESSAGES, "sms", number -> "+49151" + (10_000_000 + number));
  }

  /** Starts the command in a process of its own and ends it in the middle. */
  private String stop(EndUserMessagingStub texts, String signal) throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      // the shell stays, and hands the signal on
      Future<ForkedJvm.Ended> command =
          thread.submit(
              () ->
                  ForkedJvm.run(
                      folder,
                      "(while [ ! -e %1$s ]; do sleep 0.05; done; kill -%2$s $$) & "
                          .formatted(folder.resolve("now"), signal),
                      Map.of("aws.accessKeyId", "test", "aws.secretAccessKey", "test"),
                      Main.class,
                      "send",
                      folder.resolve("jobs/p/go.yaml").toString(),
                      "--home",
                      folder.resolve("home").toString()));
      while (texts.sent().size() < 75 && !command.isDone()) {
        Thread.sleep(10);
      }
      java.nio.file.Files.createFile(folder.resolve("now"));
      ForkedJvm.Ended ended = command.get();
      assertThat(ended.code()).as(ended.output()).isGreaterThan(128);
      return ended.output();
    } finally {
      thread.shutdownNow();
    }
  }
}
