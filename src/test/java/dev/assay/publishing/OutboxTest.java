package dev.assay.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.Fingerprint;
import dev.assay.model.RowCounts;
import dev.assay.model.RuleOutcome;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.Score;
import dev.assay.model.ScoreScope;
import dev.assay.model.TableName;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
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
    RunRecord held = run(TRIPS, "1", RunState.HELD, 0);
    runs.add(held);
    drain();
    runs.set(0, held.in(RunState.PUBLISHED, START.plusSeconds(90), "overridden"));
    drain();
    runs.add(run(TRIPS, "2", RunState.STAGED, 3));
    runs.add(run(TRIPS, "3", RunState.DISCARDED, 3));
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

    outbox().drain(false);

    assertThat(destination.calls).isEqualTo(2);
  }

  @Test
  void waitsLongerAfterEachFailure() {
    destination.answers.put("1", () -> later("is down"));
    published(TRIPS, "1", 0);
    List<Duration> waits = new ArrayList<>();
    for (int attempt = 0; attempt < 9; attempt++) {
      Delivery waiting = outbox().drain(false).waiting().get(0);
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

    now = now.plus(Outbox.LEASE);
    assertThat(drain().delivered()).isEqualTo(1);
    assertThat(destination.repeated).containsExactly("1");
  }

  @Test
  void twoProcessesAtOnceDeliverOnce() {
    published(TRIPS, "1", 0);
    published(CARS, "2", 0);
    Memory first = new Memory(lines);
    Memory second = new Memory(lines);
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
                  new Outbox(announcements(), destination, first, clock()).drain(true);
                }
                return second.add(more);
              }
            },
            clock());

    OutboxSummary summary = late.drain(true);

    assertThat(destination.got).containsExactlyInAnyOrder("1", "2");
    assertThat(summary.delivered()).isZero();
    assertThat(summary.waiting()).isEmpty();
  }

  private OutboxSummary drain() {
    return outbox().drain(true);
  }

  private Outbox outbox() {
    return new Outbox(announcements(), destination, new Memory(lines), clock());
  }

  private Clock clock() {
    return Clock.fixed(now, ZoneOffset.UTC);
  }

  private Announcements announcements() {
    return new Announcements(
        new History() {
          @Override
          public List<RunRecord> runs() {
            return runs;
          }

          @Override
          public List<RuleOutcome> outcomes(String runId) {
            return List.of();
          }
        },
        10);
  }

  private static Destination.Outcome later(String why) {
    return new Destination.Outcome.Later(why, Optional.empty());
  }

  private void published(TableName table, String id, int minute) {
    runs.add(run(table, id, RunState.PUBLISHED, minute));
  }

  static RunRecord run(TableName table, String id, RunState state, int minute) {
    Instant at = START.plus(Duration.ofMinutes(minute));
    return new RunRecord(
        id,
        "demo",
        table.name(),
        table,
        LocalDate.of(2026, 11, 17),
        state,
        at,
        at,
        Fingerprint.of("identity"),
        Fingerprint.of("content"),
        Fingerprint.of("ruleset"),
        List.of(),
        Optional.empty(),
        1,
        "branch",
        new Score(Optional.of(new BigDecimal("98.765432")), new BigDecimal("75.000000"), 2, 1, 1),
        new RowCounts(1, Map.of(), Map.of(), 0, 1),
        Optional.empty(),
        List.of("The score is below 99."),
        "",
        "test",
        at,
        ScoreScope.TABLE);
  }

  private static final class Fake implements Destination {
    final List<String> got = new ArrayList<>();
    final List<String> repeated = new ArrayList<>();
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
    public Outcome deliver(Announcement announcement, String body, boolean again) {
      calls++;
      String id = announcement.run().runId();
      Outcome outcome = answers.getOrDefault(id, () -> new Outcome.Delivered("there-" + id)).get();
      if (outcome instanceof Outcome.Delivered) {
        got.add(id);
        kinds.add(announcement.kind());
        if (again) {
          repeated.add(id);
        }
      }
      return outcome;
    }
  }

  /** Shares its lines with others, as processes share a table. */
  private static final class Memory implements Deliveries {
    private final List<Delivery> lines;
    private int known;

    Memory(List<Delivery> lines) {
      this.lines = lines;
      this.known = lines.size();
    }

    @Override
    public List<Delivery> read() {
      known = lines.size();
      return List.copyOf(lines);
    }

    @Override
    public boolean add(List<Delivery> more) {
      if (known != lines.size()) {
        return false;
      }
      lines.addAll(more);
      known = lines.size();
      return true;
    }
  }
}
