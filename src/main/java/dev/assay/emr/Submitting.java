package dev.assay.emr;

import dev.assay.emr.Ending.How;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.Emr;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A submission from its start to its end. Each attempt has one run: the attempt is taken from the
 * notes, its run is the one that is noted there, or is started under the attempt's token and noted.
 * Whoever submits the same again before the end was seen therefore follows the run that is there;
 * afterwards a new one is made. What is not covered: a service that has forgotten a token before
 * the run was noted, which takes a process that was killed within the moment between both, and a
 * submission long after it.
 */
public final class Submitting {
  /** Bills come a little later than the end. */
  private static final Duration BILL = Duration.ofMinutes(5);

  /** How long a run may take to end after it was cancelled. */
  private static final Duration CANCELLING = Duration.ofMinutes(5);

  /** So many looks in a row may get no answer. */
  private static final int BLIND_LOOKS = 6;

  private final Platform platform;
  private final Notes notes;
  private final Emr.Limits limits;
  private final Stop stop;
  private final OnInterrupt onInterrupt;
  private final Consumer<String> progress;
  private final LongSupplier nanoTime;

  /** What happens to a run that would go on alone when the waiting is interrupted. */
  public enum OnInterrupt {
    LEAVE,
    CANCEL
  }

  /**
   * @param progress is told each step, and each state when it changes
   * @param nanoTime elapsed time in nanoseconds
   */
  public Submitting(
      Platform platform,
      Notes notes,
      Emr.Limits limits,
      Stop stop,
      OnInterrupt onInterrupt,
      Consumer<String> progress,
      LongSupplier nanoTime) {
    this.platform = platform;
    this.notes = notes;
    this.limits = limits;
    this.stop = stop;
    this.onInterrupt = onInterrupt;
    this.progress = progress;
    this.nanoTime = nanoTime;
  }

  /**
   * Starts a run or finds the one that is there, and waits for its end, or for {@link Stop}.
   *
   * @throws AssayException if a run cannot be started, or is lost out of sight; the same call finds
   *     it again unless the message says otherwise
   */
  public Ending follow(Submission submission) {
    Attempt attempt = attempt(submission);
    String id =
        attempt.started().isPresent() ? attempt.started().get().id() : start(submission, attempt);
    try {
      return watch(attempt, id);
    } catch (AssayException e) {
      throw platform.goesOnAlone()
          ? new AssayException(
              e.kind(),
              "%s The %s %s goes on; submit the same again to follow it."
                  .formatted(e.getMessage(), platform.runIs(), id),
              e)
          : e;
    } finally {
      platform.release(id);
    }
  }

  /** Says that the end was shown and its cost is kept; the same submission then makes a new run. */
  public void conclude(Ending ending) {
    if (ending.how() != How.LEFT_RUNNING) {
      notes.ended(ending.attempt(), ending.look().text());
    }
  }

  private Attempt attempt(Submission submission) {
    Attempt attempt = notes.current(submission);
    if (attempt.started().isEmpty()) {
      return attempt;
    }
    Attempt.Started started = attempt.started().get();
    if (!started.arguments().equals(submission.arguments(attempt.result()))) {
      throw new AssayException(
          ExitKind.USAGE,
          "%s: a %s was submitted with other arguments, and nobody has seen its end: %s. Submit with these to follow it, or cancel %s first: %s."
              .formatted(
                  submission.text(),
                  platform.runIs(),
                  started.id(),
                  started.id(),
                  String.join(" ", started.arguments())));
    }
    if (platform.look(started.id()).phase() == Look.Phase.GONE) {
      progress.accept(
          "%s %s of an earlier submission is known no longer; a new one is started"
              .formatted(platform.runIs(), started.id()));
      notes.ended(attempt, "known no longer");
      return notes.current(submission);
    }
    progress.accept(
        "%s %s of an earlier submission is followed".formatted(platform.runIs(), started.id()));
    return attempt;
  }

  private String start(Submission submission, Attempt attempt) {
    platform.remarks().forEach(progress);
    String id = platform.start(submission, attempt);
    List<String> arguments = submission.arguments(attempt.result());
    try {
      notes.started(attempt, id, arguments);
    } catch (AssayException e) {
      // the token, or the name, finds it too
      progress.accept(
          "%s %s could not be noted: %s".formatted(platform.runIs(), id, e.getMessage()));
    }
    return id;
  }

  private Ending watch(Attempt attempt, String id) {
    long begun = nanoTime.getAsLong();
    String last = "";
    while (true) {
      Look look = look(id);
      if (!look.state().equals(last)) {
        last = look.state();
        progress.accept("%s %s: %s".formatted(platform.runIs(), id, last));
      }
      if (look.isOver()) {
        return ending(attempt, id, look, How.OVER);
      }
      if (stop.isAsked()) {
        return interrupted(attempt, id, look);
      }
      if (look.phase() == Look.Phase.WAITING && since(begun).compareTo(limits.start()) > 0) {
        platform.cancel(id);
        return ending(attempt, id, cancelled(id), How.NEVER_STARTED);
      }
      if (!platform.goesOnAlone()
          && since(begun).compareTo(limits.start().plus(limits.run())) > 0) {
        platform.cancel(id);
        return ending(attempt, id, cancelled(id), How.TOO_LONG);
      }
      stop.pause(limits.poll());
    }
  }

  private Look look(String id) {
    for (int blind = 1; ; blind++) {
      try {
        return platform.look(id);
      } catch (AssayException e) {
        if (e.kind() != ExitKind.OUTSIDE_UNAVAILABLE || blind == BLIND_LOOKS || stop.isAsked()) {
          throw e;
        }
        stop.pause(limits.poll());
      }
    }
  }

  private Ending interrupted(Attempt attempt, String id, Look look) {
    if (platform.goesOnAlone() && onInterrupt == OnInterrupt.LEAVE) {
      return new Ending(attempt, id, look, Optional.empty(), Optional.empty(), How.LEFT_RUNNING);
    }
    platform.cancel(id);
    return ending(attempt, id, cancelled(id), How.CANCELLED);
  }

  /** Waits until a run that was cancelled is over, which may be as it would have been without. */
  private Look cancelled(String id) {
    long begun = nanoTime.getAsLong();
    Look look = platform.look(id);
    while (!look.isOver() && since(begun).compareTo(CANCELLING) < 0) {
      sleep();
      look = platform.look(id);
    }
    return look;
  }

  private Ending ending(Attempt attempt, String id, Look look, How how) {
    Optional<String> result = notes.result(attempt);
    // a cluster that nobody needs any more is paid no longer, and its bill is known
    platform.release(id);
    return new Ending(attempt, id, look, result, usage(id), how);
  }

  private Optional<Usage> usage(String id) {
    long begun = nanoTime.getAsLong();
    try {
      Optional<Usage> usage = platform.usage(id);
      while (usage.isEmpty() && since(begun).compareTo(BILL) < 0 && !stop.isAsked()) {
        stop.pause(limits.poll());
        usage = platform.usage(id);
      }
      return usage;
    } catch (AssayException e) {
      progress.accept("what was charged cannot be read: " + e.getMessage());
      return Optional.empty();
    }
  }

  private Duration since(long begun) {
    return Duration.ofNanos(nanoTime.getAsLong() - begun);
  }

  /** Also after a stop, which was asked for already. */
  private void sleep() {
    new Stop().pause(limits.poll());
  }
}
