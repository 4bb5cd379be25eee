package dev.assay.emr.serverless;

import dev.assay.emr.Sizing;
import dev.assay.model.job.Emr;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.emrserverless.model.Application;
import software.amazon.awssdk.services.emrserverless.model.AutoStopConfig;

/** What an application costs more than it must, or has otherwise than the profile thinks. */
final class ApplicationRemarks {
  static final List<String> ALIVE =
      List.of("CREATING", "CREATED", "STARTING", "STARTED", "STOPPING", "STOPPED");
  private static final int USUAL_IDLE_MINUTES = 15;
  private static final Duration LONGEST_IDLE = Duration.ofMinutes(15);

  private ApplicationRemarks() {}

  static List<String> of(Application found, Emr emr, Emr.Application expected) {
    List<String> remarks = new ArrayList<>();
    String name = "application " + found.applicationId();
    Optional<String> release =
        expected.release().filter(label -> !label.equals(found.releaseLabel()));
    release.ifPresent(
        label ->
            remarks.add(
                "%s has release %s, and the profile names %s"
                    .formatted(name, found.releaseLabel(), label)));
    if (found.architectureAsString() != null
        && !found.architectureAsString().equals(expected.architecture().name())) {
      remarks.add(
          "%s runs on %s, and the profile reckons with %s"
              .formatted(name, found.architectureAsString(), expected.architecture()));
    }
    AutoStopConfig stop = found.autoStopConfiguration();
    if (stop != null && Boolean.FALSE.equals(stop.enabled())) {
      remarks.add(name + " has no auto-stop: what it holds ready is paid until somebody stops it");
    } else if (idle(stop).compareTo(LONGEST_IDLE) > 0) {
      remarks.add(
          "%s stops only after %d idle minutes; 5 are enough"
              .formatted(name, idle(stop).toMinutes()));
    }
    if (found.maximumCapacity() == null) {
      remarks.add(
          "%s has no maximum capacity; this run needs no more than %s"
              .formatted(name, Sizing.capacity(emr.workers())));
    }
    return remarks;
  }

  private static Duration idle(AutoStopConfig stop) {
    return Duration.ofMinutes(
        stop == null || stop.idleTimeoutMinutes() == null
            ? USUAL_IDLE_MINUTES
            : stop.idleTimeoutMinutes());
  }
}
