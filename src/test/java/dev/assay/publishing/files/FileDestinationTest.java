package dev.assay.publishing.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.publishing.Announcement;
import dev.assay.publishing.Destination;
import dev.assay.publishing.Destination.Outcome;
import dev.assay.publishing.SomeRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDestinationTest {
  private static final Announcement SCORE = SomeRuns.announced();

  private static final Destination.Attempt FIRST = new Destination.Attempt(SCORE.key(), false);
  private static final Destination.Attempt AGAIN = new Destination.Attempt(SCORE.key(), true);

  @TempDir Path folder;

  @Test
  void writesOneWholeFilePerAnnouncementHoweverOften() throws IOException {
    FileDestination destination = new FileDestination("files", folder);

    Outcome first = destination.deliver(SCORE, "{}", FIRST);
    Outcome second = destination.deliver(SCORE, "{}", AGAIN);

    assertThat(first).isEqualTo(second).isInstanceOf(Outcome.Delivered.class);
    assertThat(files()).hasSize(1);
    Path file = files().get(0);
    assertThat(folder.relativize(file).toString())
        .isEqualTo(((Outcome.Delivered) first).id())
        .matches("prepared.trips/20261118T060000Z-score-[0-9a-f]{12}\\.json");
    assertThat(file).hasContent("{}");
  }

  @Test
  void aFolderThatCannotBeWrittenIsForLater() throws IOException {
    Path file = Files.writeString(folder.resolve("occupied"), "");

    Outcome outcome = new FileDestination("files", file).deliver(SCORE, "{}", FIRST);

    assertThat(outcome).isInstanceOf(Outcome.Later.class);
    assertThat(((Outcome.Later) outcome).why()).contains("cannot be written");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
