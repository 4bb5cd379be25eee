package dev.assay.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.TableName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final TableName TRIPS = new TableName("prepared", "trips");
  private static final TableName CARS = new TableName("prepared", "cars");
  private static final Instant START = Instant.parse("2026-11-18T06:00:00Z");

  private final List<RunRecord> runs = new ArrayList<>();
  private final List<Delivery> lines = new ArrayList<>();
  private final Fake destination = new Fake();
  private Instant now = START.plus(Duration.ofHours(1));

  @Test
  void deliversEachAnnouncementOnceHoweverOftenItIsDrained() {
    published(TRIPS, "1", 0);
    published(CARS, "2", 1);

    assertThat(drain().delivered()).isEqualTo(2);
    assertThat(drain().delivered()).isZero();
    published(TRIPS, "3", 2);
    assertThat(drain().delivered()).isEqualTo(1);

    assertThat(destination.got).containsExactly("2", "1", "3");
  }

  @Test
  void aNewTableBeginsWithItsNewestScoreAndThenLeavesNothingOut() {
    published(TRIPS, "1", 0);
    published(TRIPS, "2", 1);
    drain();
    published(TRIPS, "3", 2);
    published(TRIPS, "4", 3);
    drain();

    assertThat(destination.got).containsExactly("2", "3", "4");
  }

  @Test
  void aHeldRunIsAnnouncedAsHeldAndItsScoreOnlyWhenItIsPublished() {
    RunRecord held = SomeRuns.run(TRIPS, "1", RunState.HELD, 0);
    runs.add(held);
    drain();
    runs.set(0, held.in(RunState.PUBLISHED, START.plusSeconds(90), "overridden"));
    drain();
    runs.add(SomeRuns.run(TRIPS, "2", RunState.STAGED, 3));
    runs.add(SomeRuns.run(TRIPS, "3", RunState.DISCARDED, 3));
    drain();

    assertThat(destination.kinds).containsExactly(Announcement.Kind.HELD, Announcement.Kind.SCORE);
  }

  @Test
  void whatWaitsStopsItsTableAndNoOther() {
    destination.answers.put("1", () -> later("is down"));
    published(TRIPS, "1", 0);
    drain();
    published(TRIPS, "2", 1);
    published(CARS, "3", 1);
    OutboxSummary summary = drain();

    assertThat(destination.got).containsExactly("3");
    assertThat(summary.waiting()).extracting(Delivery::runId).containsExactly("1");

    destination.answers.clear();
    now = now.plus(Duration.ofMinutes(1));
    assertThat(drain().waiting()).isEmpty();
    assertThat(destination.got).containsExactly("3", "1", "2");
    assertThat(destination.repeated).containsExactly("1");
  }

  @Test
  void whatFailedAMomentAgoIsLeftAloneUnlessSomebodyAsks() {
    destination.answers.put("1", () -> later("is down"));
    published(TRIPS, "1", 0);
    drain();
    drain();
    assertThat(destination.calls).isEqualTo(1);

    outbox().drain(Outbox.Haste.NOW);

    assertThat(destination.calls).isEqualTo(2);
  }

  @Test
  void waitsLongerAfterEachFailure() {
    destination.answers.put("1", () -> later("is down"));
    published(TRIPS, "1", 0);
    List<Duration> waits = new ArrayList<>();
    for (int attempt = 0; attempt < 9; attempt++) {
      Delivery waiting = outbox().drain(Outbox.Haste.NOW).waiting().get(0);
      waits.add(Duration.between(now, waiting.until().orElseThrow()));
    }

    assertThat(waits).startsWith(Duration.ofSeconds(30), Duration.ofSeconds(60));
    assertThat(waits).endsWith(Duration.ofHours(1), Duration.ofHours(1));
  }

  @Test
  void whatIsRefusedIsParkedLetsOthersPassAndGoesAgainByItsKey() {
    destination.answers.put("1", () -> new Destination.Outcome.Refused("no such asset"));
    published(TRIPS, "1", 0);
    drain();
    published(TRIPS, "2", 1);
    OutboxSummary summary = drain();

    assertThat(destination.got).containsExactly("2");
    assertThat(summary.parked()).extracting(Delivery::reason).containsExactly("no such asset");
    assertThat(destination.calls).isEqualTo(2);
    String key = summary.parked().get(0).key();
    assertThat(outbox().retry(List.of("ffffffffffff"))).containsExactly("ffffffffffff");

    destination.answers.clear();
    assertThat(outbox().retry(List.of(key.substring(0, 12)))).isEmpty();
    assertThat(drain().parked()).isEmpty();
    assertThat(destination.got).containsExactly("2", "1");
  }

  @Test
  void whatAnotherProcessHasBegunIsLeftToItUntilItsTimeIsOver() {
    published(TRIPS, "1", 0);
    destination.answers.put(
        "1",
        () -> {
          throw new IllegalStateException("killed");
        });
    try {
      drain();
    } catch (IllegalStateException killed) {
      destination.answers.clear();
    }

    OutboxSummary soon = drain();
    assertThat(soon.delivered()).isZero();
    assertThat(soon.waiting()).hasSize(1);

    OutboxSummary taken = outbox().drain(Outbox.Haste.TAKE_OVER);
    assertThat(taken.delivered()).isEqualTo(1);
    assertThat(destination.repeated).containsExactly("1");
  }

  @Test
  void theTimeOfABegunDeliveryEnds() {
    published(TRIPS, "1", 0);
    destination.answers.put(
        "1",
        () -> {
          throw new IllegalStateException("killed");
        });
    try {
      drain();
    } catch (IllegalStateException killed) {
      destination.answers.clear();
    }

    now = now.plus(Outbox.LEASE);
    assertThat(drain().delivered()).isEqualTo(1);
    assertThat(destination.repeated).containsExactly("1");
  }

  @Test
  void twoProcessesAtOnceDeliverOnce() {
    published(TRIPS, "1", 0);
    published(CARS, "2", 0);
    SomeRuns.Memory first = new SomeRuns.Memory(lines);
    SomeRuns.Memory second = new SomeRuns.Memory(lines);
    second.read();
    // the second one reads, and before it announces anything the first one delivers
    Outbox late =
        new Outbox(
            announcements(),
            destination,
            new Deliveries() {
              private boolean interrupted;

              @Override
              public List<Delivery> read() {
                return second.read();
              }

              @Override
              public boolean add(List<Delivery> more) {
                if (!interrupted) {
                  interrupted = true;
                  new Outbox(announcements(), destination, first, clock())
                      .drain(Outbox.Haste.PATIENT);
                }
                return second.add(more);
              }
            },
            clock());

    OutboxSummary summary = late.drain(Outbox.Haste.PATIENT);

    assertThat(destination.got).containsExactlyInAnyOrder("1", "2");
    assertThat(summary.delivered()).isZero();
    assertThat(summary.waiting()).isEmpty();
  }

  @Test
  void whatIsAcceptedLetsOthersPassAndIsAskedAfterUntilItIsThere() {
    destination.answers.put("1", () -> new Destination.Outcome.Accepted("taken-1"));
    published(TRIPS, "1", 0);
    assertThat(drain().accepted()).extracting(Delivery::id).containsExactly("taken-1");
    published(TRIPS, "2", 1);
    assertThat(drain().delivered()).isEqualTo(1);
    assertThat(destination.got).containsExactly("2");

    destination.followed = new Destination.Outcome.Delivered("taken-1");
    OutboxSummary summary = drain();

    assertThat(summary.delivered()).isEqualTo(1);
    assertThat(summary.accepted()).isEmpty();
    assertThat(destination.calls).isEqualTo(2);
  }

  @Test
  void whatIsAskedForAgainIsNewToTheDestinationAndItsRepeatsAreTheSame() {
    destination.answers.put("1", () -> new Destination.Outcome.Accepted("taken-1"));
    destination.followed = new Destination.Outcome.Refused("could not be processed");
    published(TRIPS, "1", 0);
    String key = drain().parked().get(0).key();
    outbox().retry(List.of(key));
    destination.answers.put("1", () -> later("is down"));
    drain();
    outbox().drain(Outbox.Haste.NOW);

    assertThat(destination.tokens).containsExactly(key, key + "-2", key + "-2");
  }

  private OutboxSummary drain() {
    return outbox().drain(Outbox.Haste.PATIENT);
  }

  private Outbox outbox() {
    return new Outbox(announcements(), destination, new SomeRuns.Memory(lines), clock());
  }

  private Clock clock() {
    return Clock.fixed(now, ZoneOffset.UTC);
  }

  private Announcements announcements() {
    return SomeRuns.announcements(new SomeRuns.Known(runs));
  }

  private static Destination.Outcome later(String why) {
    return new Destination.Outcome.Later(why, Optional.empty());
  }

  private void published(TableName table, String id, int minute) {
    runs.add(SomeRuns.run(table, id, RunState.PUBLISHED, minute));
  }

  private static final class Fake implements Destination {
    final List<String> got = new ArrayList<>();
    final List<String> repeated = new ArrayList<>();
    final List<String> tokens = new ArrayList<>();
    Outcome followed = new Outcome.Later("at work", Optional.empty());
    final List<Announcement.Kind> kinds = new ArrayList<>();
    final Map<String, Supplier<Outcome>> answers = new HashMap<>();
    int calls;

    @Override
    public String name() {
      return "fake";
    }

    @Override
    public boolean takes(Announcement.Kind kind) {
      return true;
    }

    @Override
    public Outcome deliver(Announcement announcement, String body, Attempt attempt) {
      calls++;
      tokens.add(attempt.token());
      String id = announcement.run().runId();
      Outcome outcome = answers.getOrDefault(id, () -> new Outcome.Delivered("there-" + id)).get();
      if (outcome instanceof Outcome.Delivered) {
        got.add(id);
        kinds.add(announcement.kind());
        if (attempt.repeated()) {
          repeated.add(id);
        }
      }
      return outcome;
    }

    @Override
    public Outcome followUp(String id) {
      return followed;
    }
  }
}
