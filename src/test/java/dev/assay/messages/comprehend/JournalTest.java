package dev.assay.messages.comprehend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.messages.ModelVersion;
import dev.assay.model.job.ComprehendSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final ModelVersion MODEL = new ModelVersion("comprehend-a/b", "1");

  @TempDir Path folder;

  @Test
  void anAnswerIsThereBeforeTheFileIsClosed() throws IOException {
    Journal journal = journal();
    assertThat(journal.files()).isEmpty();
    try (JournalWriter writer = journal.open("run", "task1", 0)) {
      writer.add(answer("h1"));
      writer.add(answer("h2"));

      assertThat(journal.read(journal.files().get(0))).containsExactly(answer("h1"), answer("h2"));
    }
    assertThat(journal.isLocal()).isTrue();
    assertThat(journal.answeredBefore("run", "task1")).containsExactly("h1", "h2");
    assertThat(journal.answeredBefore("run", "task2")).isEmpty();
  }

  @Test
  void aTornLineIsNoAnswer() throws IOException {
    Journal journal = journal();
    try (JournalWriter writer = journal.open("run", "task1", 0)) {
      writer.add(answer("h1"));
    }
    Path file = Path.of(new org.apache.hadoop.fs.Path(journal.files().get(0)).toUri().getPath());
    Files.writeString(file, "{\"hash\":\"h2\",\"categ", StandardOpenOption.APPEND);

    assertThat(journal.read(journal.files().get(0))).containsExactly(answer("h1"));
  }

  @Test
  void deletesWhatItIsTold() throws IOException {
    Journal journal = journal();
    write(journal, "run1");
    List<String> seen = journal.files();
    write(journal, "run2");

    journal.delete(seen);
    journal.delete(seen);

    assertThat(journal.files()).hasSize(1).allMatch(file -> file.contains("run2"));
  }

  @Test
  void segmentsAreWrittenEverySecondAndAtTheEnd() throws IOException, InterruptedException {
    FileSystem local = FileSystem.getLocal(new Configuration());
    Journal journal = journal();
    String name = journal.folder() + "/run-task1-0";
    try (SegmentJournalWriter writer = new SegmentJournalWriter(local, name)) {
      writer.add(answer("h1"));
      long end = System.nanoTime() + 30_000_000_000L;
      while (journal.files().isEmpty() && System.nanoTime() < end) {
        Thread.sleep(50);
      }
      writer.add(answer("h2"));
    }

    assertThat(journal.files()).hasSize(2);
    assertThat(journal.answeredBefore("run", "task1")).containsExactly("h1", "h2");
  }

  @Test
  void chargesOfOtherRunsStayUntilSomebodyHasRecordedThem() throws IOException {
    Journal journal = journal();
    try (JournalWriter writer = journal.open("aaaaaaaa000", "task00000", 0)) {
      writer.add(new Charge(1, 100, 3, 1_000));
      writer.add(new Charge(1, 500, 5, 3_000));
      writer.add(new Charge(1, 100, 3, 5_000));
      writer.add(new Charge(1, 100, 3, 5_000).takenBack(6_000));
      writer.add(answer("h1"));
    }
    try (JournalWriter writer = journal.open("bbbbbbbb000", "task00000", 0)) {
      writer.add(new Charge(1, 200, 3, 100_000));
    }
    JournalledCharges charges = new JournalledCharges(journal, "bbbbbbbb");

    assertThat(charges.left())
        .isEqualTo(
            new JournalledCharges.Left(new Tally(2, 0, 600, 8), java.time.Duration.ofSeconds(5)));
    charges.delete();
    assertThat(charges.left().tally()).isEqualTo(Tally.NOTHING);
    assertThat(new JournalledCharges(journal, "cccccccc").left().tally()).isEqualTo(Tally.NOTHING);
    assertThat(journal.files()).hasSize(1);
  }

  @Test
  void whatATaskSpentThatDidNotLiveToReportIsKnownFromItsCharges() throws IOException {
    Journal journal = journal();
    for (int attempt = 0; attempt < 2; attempt++) {
      try (JournalWriter writer = journal.open("aaaaaaaa000", "task00000", attempt)) {
        writer.add(new Charge(1, 100, 3, 1_000));
      }
    }
    JournalledCharges charges = new JournalledCharges(journal, "aaaaaaaa");
    TaskReport last = new TaskReport(new Tally(2, 1, 100, 3), 1, null);

    assertThat(charges.of(Tally.NOTHING, Tally.NOTHING, List.of(last)))
        .isEqualTo(new Tally(3, 1, 200, 6));
    assertThat(charges.of(Tally.NOTHING, Tally.NOTHING, List.of()))
        .isEqualTo(new Tally(2, 0, 200, 6));
  }

  @Test
  void liesWhereTheProfileSays() {
    ComprehendSettings settings = Settings.at(URI.create("http://127.0.0.1:1"));

    assertThat(Journal.place(settings, Path.of("/home"), "dealer/sms"))
        .isEqualTo("s3://comprehend-work/assay/journal/dealer-sms");
    assertThat(Journal.place(Settings.journal(settings, "/mnt/journal"), Path.of("/home"), "sms"))
        .isEqualTo("/mnt/journal/sms");
  }

  private static void write(Journal journal, String run) throws IOException {
    try (JournalWriter writer = journal.open(run, "task1", 0)) {
      writer.add(answer("h1"));
    }
  }

  private Journal journal() {
    return new Journal(
        folder.resolve("a b[1]").toString(),
        MODEL.toString(),
        new SerializableConfiguration(new Configuration()));
  }

  private static Answer answer(String hash) {
    return new Answer(hash, Map.of("SPAM", 0.5), false, false);
  }
}
