package dev.assay.sending;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a call of a send job found and did. Every message is counted once: as one of the fates other
 * than compliant, as a duplicate, held, already sent, sent, refused, unknown or waiting.
 *
 * @param messages rows of the message table
 * @param fates of all messages, compliant ones included
 * @param duplicates rows that repeat a message with the same text
 * @param held compliant and not sent, because the gate holds their campaign
 * @param toSend what was due when the call began
 * @param alreadySent by an earlier call, or by another process meanwhile
 * @param sent by this call
 * @param refused by this or an earlier call, counted by reason
 * @param unknown keys of messages of which nobody knows whether they were sent
 * @param underWayUntil when the last of these stops being possibly under way elsewhere
 * @param waitingFor not sent, and may go the next time, counted by reason; empty if it was not
 *     tried
 * @param gateReasons why campaigns are held
 * @param stopped what ended the call early
 */
public record SendSummary(
    long messages,
    Map<Fate, Long> fates,
    long duplicates,
    long held,
    long toSend,
    long alreadySent,
    long sent,
    Map<String, Long> refused,
    List<String> unknown,
    Optional<Instant> underWayUntil,
    Map<String, Long> waitingFor,
    List<String> gateReasons,
    Optional<AssayException> stopped) {
  public SendSummary {
    Map<Fate, Long> counts = new EnumMap<>(Fate.class);
    counts.putAll(fates);
    fates = Collections.unmodifiableMap(counts);
    refused = Collections.unmodifiableMap(new TreeMap<>(refused));
    waitingFor = Collections.unmodifiableMap(new TreeMap<>(waitingFor));
    unknown = List.copyOf(unknown);
    gateReasons = List.copyOf(gateReasons);
  }

  public long count(Fate fate) {
    return fates.getOrDefault(fate, 0L);
  }

  /** All that may go the next time. */
  public long waiting() {
    return waitingFor.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Held or unknown messages are 3, a channel that does not answer 5. */
  public ExitKind exit() {
    List<ExitKind> kinds = new ArrayList<>();
    stopped.ifPresent(failure -> kinds.add(failure.kind()));
    if (!gateReasons.isEmpty() || !unknown.isEmpty()) {
      kinds.add(ExitKind.HELD);
    }
    return ExitKind.ofAll(kinds);
  }
}
