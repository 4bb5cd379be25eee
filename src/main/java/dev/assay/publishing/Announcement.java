package dev.assay.publishing;

import dev.assay.model.Fingerprint;
import dev.assay.model.RunRecord;
import dev.assay.model.TableName;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * Something to tell about a run of a table. Equal facts are one announcement: its key is made of
 * what it is about, and goes to destinations as their token against repeats.
 *
 * @param key 64 hexadecimal digits
 * @param run as it was when this became true
 * @param refused of a parked one: what the destination refuses
 */
public record Announcement(String key, Kind kind, RunRecord run, Optional<Delivery> refused) {
  /** What is told; in this order at the same instant. */
  public enum Kind {
    /**
     * That a run began; told when it has ended, with its real start. The body is a run event of
     * OpenLineage.
     */
    STARTED,
    /** What a run read and published. The body is a run event of OpenLineage. */
    COMPLETED,
    /** That a run made nothing that may be used. The body is a run event of OpenLineage. */
    FAILED,
    /**
     * A score that may be believed: the table passed its gate. The body is the content of a form of
     * type {@code amazon.datazone.DataQualityResultFormType}.
     */
    SCORE,
    /** A run that the gate holds. The body is an event in EventBridge's envelope. */
    HELD,
    /** Something to know of a run that was published. The body is such an event too. */
    NOTICE,
    /** Something that a destination refuses. The body is such an event too. */
    PARKED;

    /** Whether it is a run event of OpenLineage. */
    public boolean lineage() {
      return this == STARTED || this == COMPLETED || this == FAILED;
    }

    /** Whether it is for people who want to know. */
    public boolean notice() {
      return this == HELD || this == NOTICE || this == PARKED;
    }

    /** As people write it. */
    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Those of a table in the order in which they are delivered. */
  static final Comparator<Announcement> ORDER =
      Comparator.comparing(Announcement::at)
          .thenComparing(Announcement::kind)
          .thenComparing(Announcement::key);

  /** An announcement with its key. */
  static Announcement of(Kind kind, RunRecord run) {
    String key = Fingerprint.of(kind.name(), run.table().toString(), run.runId()).hex();
    return new Announcement(key, kind, run, Optional.empty());
  }

  /** That a destination refuses what was to be told of a run. */
  static Announcement parked(RunRecord run, Delivery refused) {
    String key =
        Fingerprint.of(
                Kind.PARKED.name(),
                refused.destination(),
                refused.key(),
                String.valueOf(refused.attempt()))
            .hex();
    return new Announcement(key, Kind.PARKED, run, Optional.of(refused));
  }

  public TableName table() {
    return run.table();
  }

  /** When it became true. */
  public Instant at() {
    return refused.map(Delivery::at).orElse(run.stateAt());
  }

  /** The series it belongs to: scores of one job's ruleset are compared with each other. */
  public String series() {
    return run.pipeline() + "/" + run.job();
  }
}
