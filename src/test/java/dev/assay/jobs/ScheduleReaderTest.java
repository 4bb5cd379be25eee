package dev.assay.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScheduleReaderTest {
  @TempDir Path jobs;

  @Test
  void readsTheSchedulesOfPipelinesThoughAJobIsBroken() {
    file(
        "fleet/pipeline.yaml",
        "name: cars\nowner: me\nschedule: 0 4 * * *\nzone: Europe/Berlin\nvariables: {raw: '${home}/raw'}\n");
    file("fleet/broken.yaml", "kind: nothing\n");
    file("hand/pipeline.yaml", "name: by-hand\nowner: me\n");
    file("contracts/one.yaml", "name: one\n");

    assertThat(ScheduleReader.ofPipelines(jobs)).containsOnlyKeys("cars");
    assertThat(ScheduleReader.ofPipelines(jobs).get("cars").zone())
        .isEqualTo(ZoneId.of("Europe/Berlin"));
  }

  @Test
  void aFolderThatIsNotThereHasNone() {
    assertThat(ScheduleReader.ofPipelines(jobs.resolve("none"))).isEmpty();
  }

  @Test
  void aWrongScheduleIsRefusedWithItsPlace() {
    file("fleet/pipeline.yaml", "name: cars\nowner: me\nschedule: 0 25 * * *\n");

    assertThatThrownBy(() -> ScheduleReader.ofPipelines(jobs))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("pipeline.yaml:3:11: 'schedule': '0 25 * * *' is no cron expression")
        .hasMessageContaining("Expected five fields, such as 0 4 * * *");
  }

  private void file(String name, String text) {
    try {
      Path file = jobs.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
