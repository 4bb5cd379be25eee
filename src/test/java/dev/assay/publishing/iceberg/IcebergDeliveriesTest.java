package dev.assay.publishing.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.ProfileReader;
import dev.assay.lake.iceberg.LakeCatalog;
import dev.assay.model.TableName;
import dev.assay.publishing.Announcement;
import dev.assay.publishing.Delivery;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IcebergDeliveriesTest {
  private static final Instant AT = Instant.parse("2026-11-18T06:00:00.123456Z");

  @TempDir Path home;

  @Test
  void keepsEveryFieldByDestination() {
    Delivery intent = line("files", Delivery.State.INTENT, Optional.of(AT.plusSeconds(120)));
    Delivery end = line("files", Delivery.State.DELIVERED, Optional.empty());
    IcebergDeliveries files = open("files");
    assertThat(files.read()).isEmpty();

    assertThat(files.add(List.of(intent))).isTrue();
    assertThat(files.add(List.of(end))).isTrue();
    IcebergDeliveries sns = open("sns");
    sns.read();
    assertThat(sns.add(List.of(line("sns", Delivery.State.PARKED, Optional.empty())))).isTrue();

    assertThat(open("files").read()).containsExactlyInAnyOrder(intent, end);
    assertThat(open("sns").read()).hasSize(1);
  }

  @Test
  void addsNothingWhereAnotherProcessWasFirstAtTheSameDestination() {
    IcebergDeliveries one = open("files");
    IcebergDeliveries other = open("files");
    one.read();
    other.read();
    Delivery line = line("files", Delivery.State.INTENT, Optional.empty());

    assertThat(one.add(List.of(line))).isTrue();
    assertThat(other.add(List.of(line))).isFalse();

    other.read();
    assertThat(other.add(List.of(line))).isTrue();
  }

  private IcebergDeliveries open(String destination) {
    return new IcebergDeliveries(
        LakeCatalog.open(ProfileReader.load("local", home)).iceberg(), destination);
  }

  private static Delivery line(String destination, Delivery.State state, Optional<Instant> until) {
    return new Delivery(
        destination,
        "ab".repeat(32),
        Announcement.Kind.SCORE,
        new TableName("prepared", "trips"),
        "run",
        AT,
        1,
        state,
        "because",
        "id",
        AT.plusSeconds(1),
        until);
  }
}
