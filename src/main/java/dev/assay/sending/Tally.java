package dev.assay.sending;

import dev.assay.model.AssayException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How far the compliant messages of a job have come, counted from the ledger. */
final class Tally {
  private final Map<String, Long> refused = new HashMap<>();
  private final Map<String, Long> waiting = new HashMap<>();
  private final List<String> unknown = new ArrayList<>();
  private long due;
  private long held;
  private long alreadySent;
  private long sent;
  private long underWayUntil;

  /** Whether a message would be sent now. */
  @FunctionalInterface
  interface Due {
    boolean isDue(Digest delivery, Channel.Repeats repeats, Instant now);
  }

  private Tally() {}

  /**
   * Counts.
   *
   * @param tried what this call announced
   */
  static Tally of(Survey survey, SendingStates states, Set<Digest> tried, Instant now, Due rule) {
    Tally tally = new Tally();
    survey.forEach(
        (delivery, repeats, held) -> {
          tally.due += !held && rule.isDue(delivery, repeats, now) ? 1 : 0;
          tally.add(states.of(delivery).orElse(null), tried.contains(delivery), held, now);
        });
    Collections.sort(tally.unknown);
    return tally;
  }

  private void add(
      SendingStates.@org.jspecify.annotations.Nullable Last last,
      boolean ours,
      boolean isHeld,
      Instant now) {
    if (last == null || last.state() == Sending.State.RELEASED) {
      if (isHeld) {
        held++;
      } else {
        waiting.merge(last == null ? "" : last.reason(), 1L, Long::sum);
      }
    } else if (last.state() == Sending.State.SENT) {
      sent += ours ? 1 : 0;
      alreadySent += ours ? 0 : 1;
    } else if (last.state() == Sending.State.REFUSED) {
      refused.merge(last.reason(), 1L, Long::sum);
    } else {
      unknown.add(last.messageKey());
      if (last.mayBeUnderWay(now)) {
        underWayUntil = Math.max(underWayUntil, last.deadlineMillis());
      }
    }
  }

  long due() {
    return due;
  }

  SendSummary summary(Survey survey, long toSend, Optional<AssayException> stopped) {
    return new SendSummary(
        survey.messages(),
        survey.fates(),
        survey.duplicates(),
        held,
        toSend,
        alreadySent,
        sent,
        refused,
        unknown,
        underWayUntil == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(underWayUntil)),
        waiting,
        survey.gateReasons(),
        stopped);
  }
}
