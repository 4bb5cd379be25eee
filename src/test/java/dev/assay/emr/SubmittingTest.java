package dev.assay.emr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.emr.Ending.How;
import dev.assay.emr.Look.Phase;
import dev.assay.emr.Submitting.OnInterrupt;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.Emr;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A submission against a platform whose runs go from state to state as the test says. */
class SubmittingTest {
  private static final Emr.Limits LIMITS =
      new Emr.Limits(Duration.ofHours(2), Duration.ofMinutes(30), Duration.ofMillis(1));

  private final FakePlatform platform = new FakePlatform();
  private final FakeNotes notes = new FakeNotes();
  private final Stop stop = new Stop();
  private final List<String> said = new ArrayList<>();
  private long now;

  @Test
  void followsARunToItsEndAndTakesTheNextAttemptOnlyAfterItWasConcluded() {
    platform.will(Phase.WAITING, Phase.RUNNING, Phase.RUNNING, Phase.SUCCEEDED);

    Ending ending = submitting().follow(EmrProfiles.TRIPS);
    Ending again = submitting().follow(EmrProfiles.TRIPS);
    submitting().conclude(again);
    Ending next = submitting().follow(EmrProfiles.TRIPS);

    assertThat(ending.how()).isEqualTo(How.OVER);
    assertThat(again.id()).isEqualTo(ending.id());
    assertThat(next.id()).isNotEqualTo(ending.id());
    assertThat(platform.started).hasSize(2);
    assertThat(said)
        .contains(
            "job run run-1: WAITING",
            "job run run-1: RUNNING",
            "job run run-1: SUCCEEDED",
            "job run run-1 of an earlier submission is followed");
  }

  @Test
  void aRunThatCouldNotBeNotedIsFoundByItsToken() {
    platform.will(Phase.SUCCEEDED);
    notes.full = true;

    Ending ending = submitting().follow(EmrProfiles.TRIPS);
    notes.full = false;
    Ending again = submitting().follow(EmrProfiles.TRIPS);

    assertThat(again.id()).isEqualTo(ending.id());
    assertThat(platform.started).hasSize(1);
    assertThat(said).anyMatch(line -> line.startsWith("job run run-1 could not be noted: "));
  }

  @Test
  void otherArgumentsAreNotRunBesideAnOpenRun() {
    platform.will(Phase.RUNNING, Phase.SUCCEEDED);
    submitting().follow(EmrProfiles.TRIPS);
    Submission other =
        new Submission(
            "demo",
            "fleet",
            Optional.of("trips"),
            "jobs/demo/trips.yaml",
            EmrProfiles.TRIPS.dataDate(),
            "aws",
            List.of("--force"),
            Optional.empty(),
            EmrProfiles.TRIPS.targets());

    assertThatThrownBy(() -> submitting().follow(other))
        .isInstanceOf(AssayException.class)
        .hasMessageContainingAll("with other arguments", "run-1", "--var raw=s3://raw/x y");
    assertThat(platform.started).hasSize(1);
  }

  @Test
  void aRunThatNobodyKnowsAnyMoreIsRunAgain() {
    platform.will(Phase.SUCCEEDED);
    submitting().follow(EmrProfiles.TRIPS);
    platform.gone.add("run-1");

    Ending ending = submitting().follow(EmrProfiles.TRIPS);

    assertThat(ending.id()).isEqualTo("run-2");
    assertThat(said)
        .contains(
            "job run run-1 of an earlier submission is known no longer; a new one is started");
  }

  @Test
  void aRunThatDoesNotStartIsCancelled() {
    platform.will(Phase.WAITING, Phase.WAITING);
    platform.onLook = () -> now += Duration.ofMinutes(20).toNanos();

    Ending ending = submitting().follow(EmrProfiles.TRIPS);

    assertThat(ending.how()).isEqualTo(How.NEVER_STARTED);
    assertThat(ending.look().phase()).isEqualTo(Phase.CANCELLED);
    assertThat(platform.cancelled).containsExactly("run-1");
  }

  @Test
  void whoIsInterruptedLeavesTheRunOrCancelsIt() {
    platform.will(Phase.RUNNING);
    stop.ask();

    Ending left = submitting().follow(EmrProfiles.TRIPS);
    submitting().conclude(left);
    Ending cancelled = submitting(OnInterrupt.CANCEL).follow(EmrProfiles.TRIPS);

    assertThat(left.how()).isEqualTo(How.LEFT_RUNNING);
    assertThat(cancelled.how()).isEqualTo(How.CANCELLED);
    assertThat(cancelled.id()).as("nobody has seen the end of the first").isEqualTo(left.id());
    assertThat(platform.cancelled).containsExactly(left.id());
  }

  @Test
  void whatDoesNotGoOnAloneIsEndedWhateverHappens() {
    platform.alone = false;
    platform.will(Phase.RUNNING);
    stop.ask();

    Ending interrupted = submitting().follow(EmrProfiles.TRIPS);

    assertThat(interrupted.how()).isEqualTo(How.CANCELLED);
    assertThat(platform.released).contains("run-1");
  }

  @Test
  void whatDoesNotGoOnAloneIsEndedWhenItIsLostOutOfSightToo() {
    platform.alone = false;
    platform.will(Phase.RUNNING);
    platform.onLook =
        () -> {
          throw new AssayException(ExitKind.OUTSIDE_UNAVAILABLE, "There is no answer.");
        };

    assertThatThrownBy(() -> submitting().follow(EmrProfiles.TRIPS))
        .isInstanceOf(AssayException.class)
        .hasMessage("There is no answer.");
    assertThat(platform.released).containsExactly("run-1");
  }

  @Test
  void aRunThatTakesTooLongIsEndedWhereNobodyElseDoes() {
    platform.alone = false;
    platform.will(Phase.RUNNING);
    platform.onLook = () -> now += Duration.ofHours(1).toNanos();

    assertThat(submitting().follow(EmrProfiles.TRIPS).how()).isEqualTo(How.TOO_LONG);
    assertThat(platform.cancelled).containsExactly("run-1");
  }

  @Test
  void whoLosesSightOfARunSaysThatItGoesOn() {
    platform.will(Phase.RUNNING);
    platform.onLook =
        () -> {
          throw new AssayException(ExitKind.OUTSIDE_UNAVAILABLE, "There is no answer.");
        };

    assertThatThrownBy(() -> submitting().follow(EmrProfiles.TRIPS))
        .isInstanceOf(AssayException.class)
        .hasMessage(
            "There is no answer. The job run run-1 goes on; submit the same again to follow it.");
  }

  @Test
  void aBillMayComeLaterOrNotAtAll() {
    platform.will(Phase.SUCCEEDED);
    platform.billAfter = 3;
    assertThat(submitting().follow(EmrProfiles.TRIPS).usage()).isPresent();

    platform.billAfter = Integer.MAX_VALUE;
    platform.onBill = () -> now += Duration.ofMinutes(2).toNanos();
    assertThat(submitting().follow(EmrProfiles.TRIPS).usage()).isEmpty();
  }

  private Submitting submitting() {
    return submitting(OnInterrupt.LEAVE);
  }

  private Submitting submitting(OnInterrupt onInterrupt) {
    return new Submitting(platform, notes, LIMITS, stop, onInterrupt, said::add, () -> now);
  }

  /** Runs that are all alike; the last phase stays. */
  private static final class FakePlatform implements Platform {
    private final List<String> started = new ArrayList<>();
    private final List<String> cancelled = new ArrayList<>();
    private final List<String> released = new ArrayList<>();
    private final List<String> gone = new ArrayList<>();
    private List<Phase> phases = List.of();
    private Runnable onLook = () -> {};
    private Runnable onBill = () -> {};
    private boolean alone = true;
    private int looks;
    private int bills;
    private int billAfter;

    private void will(Phase... next) {
      phases = List.of(next);
    }

    @Override
    public String service() {
      return "EMR of tests";
    }

    @Override
    public String runIs() {
      return "job run";
    }

    @Override
    public List<String> remarks() {
      return List.of();
    }

    @Override
    public String start(Submission submission, Attempt attempt) {
      if (!started.contains(attempt.token())) {
        started.add(attempt.token());
        looks = 0;
      }
      return "run-" + (started.indexOf(attempt.token()) + 1);
    }

    @Override
    public Look look(String id) {
      onLook.run();
      Phase planned = phases.get(Math.min(looks, phases.size() - 1));
      looks++;
      Phase phase =
          gone.contains(id) ? Phase.GONE : cancelled.contains(id) ? Phase.CANCELLED : planned;
      return new Look(phase, phase.name(), "");
    }

    @Override
    public void cancel(String id) {
      cancelled.add(id);
    }

    @Override
    public boolean goesOnAlone() {
      return alone;
    }

    @Override
    public void release(String id) {
      released.add(id);
    }

    @Override
    public Optional<Usage> usage(String id) {
      onBill.run();
      bills++;
      return bills > billAfter
          ? Optional.of(Usage.ofServerless(1, 4, 0, Optional.empty()))
          : Optional.empty();
    }

    @Override
    public String logs(String id) {
      return "s3://logs/" + id;
    }

    @Override
    public void close() {}
  }

  private static final class FakeNotes implements Notes {
    private int ended;
    private Optional<Attempt.Started> open = Optional.empty();
    private boolean full;

    @Override
    public Attempt current(Submission submission) {
      return Plan.attempt("s3://data/emr", submission, ended + 1, open);
    }

    @Override
    public void started(Attempt attempt, String id, List<String> arguments) {
      if (full) {
        throw new AssayException(ExitKind.OUTSIDE_UNAVAILABLE, "There is no place.");
      }
      open = Optional.of(new Attempt.Started(id, arguments));
    }

    @Override
    public Optional<String> result(Attempt attempt) {
      return Optional.empty();
    }

    @Override
    public void ended(Attempt attempt, String text) {
      ended = attempt.number();
      open = Optional.empty();
    }
  }
}
