package dev.assay.publishing;

import dev.assay.model.TableName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Brings announcements to one destination. What waits is what the ledger's runs announce and no
 * line says is delivered. Before a delivery its intent is recorded, and after it its end; an intent
 * is refused if another process wrote meanwhile, so that two processes do not deliver the same.
 *
 * <p>A table that is new to a destination begins with the newest announcement of each kind; from
 * there on nothing is left out. What is refused is parked and does not stop what comes after it;
 * what has to wait stops its table.
 */
public final class Outbox {
  /** So long after its intent nobody else begins a delivery. */
  static final Duration LEASE = Duration.ofMinutes(2);

  /** The first wait after a failure; it doubles up to {@link #LONGEST_WAIT}. */
  private static final Duration WAIT = Duration.ofSeconds(30);

  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  /** What a drain leaves alone. */
  public enum Haste {
    /** What failed a moment ago, and what another process has begun. */
    PATIENT,
    /** What another process has begun. */
    NOW,
    /** Nothing: only when no other process delivers, for example after a kill. */
    TAKE_OVER
  }

  private final Announcements announcements;
  private final Destination destination;
  private final Deliveries deliveries;
  private final Clock clock;

  public Outbox(
      Announcements announcements, Destination destination, Deliveries deliveries, Clock clock) {
    this.announcements = announcements;
    this.destination = destination;
    this.deliveries = deliveries;
    this.clock = clock;
  }

  /**
   * Delivers what is due. Calling it again is harmless, also from another process.
   *
   * @param haste what is left alone
   */
  public OutboxSummary drain(Haste haste) {
    DueAnnouncements all = DueAnnouncements.of(announcements, destination);
    DeliveryStates states = new DeliveryStates(deliveries.read());
    List<Delivery> intents = List.of();
    List<Announcement> due = all.due(states, haste, clock.instant());
    while (!due.isEmpty()) {
      intents = intents(due, states);
      if (deliveries.add(intents)) {
        break;
      }
      // another process wrote: what it is about to deliver is not ours any more
      states = new DeliveryStates(deliveries.read());
      intents = List.of();
      due = all.due(states, haste, clock.instant());
    }
    List<Delivery> ends = deliverAll(due, intents, states);
    record(ends);
    intents.forEach(states::add);
    ends.forEach(states::add);
    List<Delivery> followed = followUp(states);
    record(followed);
    followed.forEach(states::add);
    ends.addAll(followed);
    return summary(all, states, ends);
  }

  /** What the destination refused, newest first. */
  public List<Delivery> parked() {
    return parked(new DeliveryStates(deliveries.read()));
  }

  /**
   * Lets parked announcements be tried again.
   *
   * @param keys of them, shortened to their first digits if that is clear
   * @return those that are not parked, or not clear
   */
  public List<String> retry(List<String> keys) {
    while (true) {
      List<Delivery> parked = parked();
      List<String> unclear = new ArrayList<>();
      List<Delivery> asked = new ArrayList<>();
      for (String key : keys) {
        List<Delivery> found = parked.stream().filter(one -> one.key().startsWith(key)).toList();
        if (found.size() == 1) {
          asked.add(
              found.get(0).ended(Delivery.State.ASKED, "", "", clock.instant(), Optional.empty()));
        } else {
          unclear.add(key);
        }
      }
      if (asked.isEmpty() || deliveries.add(asked)) {
        return unclear;
      }
    }
  }

  private List<Delivery> intents(List<Announcement> due, DeliveryStates states) {
    Instant now = clock.instant();
    List<Delivery> intents = new ArrayList<>();
    for (Announcement announcement : due) {
      int attempts = states.of(announcement.key()).map(Delivery::attempt).orElse(0);
      intents.add(
          new Delivery(
              destination.name(),
              announcement.key(),
              announcement.kind(),
              announcement.table(),
              announcement.run().runId(),
              announcement.at(),
              attempts + 1,
              Delivery.State.INTENT,
              "",
              "",
              now,
              Optional.of(now.plus(LEASE))));
    }
    return intents;
  }

  private List<Delivery> deliverAll(
      List<Announcement> due, List<Delivery> intents, DeliveryStates before) {
    List<Delivery> ends = new ArrayList<>();
    Set<TableName> stopped = new HashSet<>();
    for (int place = 0; place < due.size(); place++) {
      Announcement announcement = due.get(place);
      Delivery intent = intents.get(place);
      Delivery end =
          stopped.contains(announcement.table())
              ? waiting(intent, "an earlier one of the table waits", Optional.of(clock.instant()))
              : deliver(announcement, intent, before);
      if (end.state() == Delivery.State.WAITING) {
        stopped.add(announcement.table());
      }
      ends.add(end);
    }
    return ends;
  }

  private Delivery deliver(Announcement announcement, Delivery intent, DeliveryStates before) {
    if (!clock.instant().isBefore(intent.until().orElseThrow())) {
      return waiting(intent, "its turn came too late", Optional.of(clock.instant()));
    }
    return destination
        .deliver(announcement, announcements.body(announcement), attempt(intent, before))
        .match(
            there ->
                intent.ended(
                    Delivery.State.DELIVERED, "", there.id(), clock.instant(), Optional.empty()),
            taken ->
                intent.ended(
                    Delivery.State.ACCEPTED, "", taken.id(), clock.instant(), Optional.empty()),
            later ->
                waiting(
                    intent,
                    later.why(),
                    later.notBefore().or(() -> Optional.of(nextTry(intent.attempt())))),
            refused ->
                intent.ended(
                    Delivery.State.PARKED, refused.why(), "", clock.instant(), Optional.empty()));
  }

  /**
   * What was refused and is asked for again is something new to the destination; further tries of
   * it are the same as its first.
   */
  private static Destination.Attempt attempt(Delivery intent, DeliveryStates before) {
    int first = before.firstAttempt(intent.key());
    String token = first == 1 ? intent.key() : "%s-%d".formatted(intent.key(), first);
    return new Destination.Attempt(token, intent.attempt() > first);
  }

  private List<Delivery> followUp(DeliveryStates states) {
    List<Delivery> followed = new ArrayList<>();
    for (Delivery taken : states.all()) {
      if (taken.state() == Delivery.State.ACCEPTED) {
        destination
            .followUp(taken.id())
            .match(
                there -> Optional.of(ended(taken, Delivery.State.DELIVERED, "")),
                still -> Optional.<Delivery>empty(),
                later -> Optional.<Delivery>empty(),
                refused -> Optional.of(ended(taken, Delivery.State.PARKED, refused.why())))
            .ifPresent(followed::add);
      }
    }
    return followed;
  }

  private Delivery ended(Delivery taken, Delivery.State end, String why) {
    return taken.ended(end, why, taken.id(), clock.instant(), Optional.empty());
  }

  private Delivery waiting(Delivery intent, String why, Optional<Instant> notBefore) {
    return intent.ended(Delivery.State.WAITING, why, "", clock.instant(), notBefore);
  }

  private Instant nextTry(int attempt) {
    Duration wait = WAIT.multipliedBy(1L << Math.min(attempt - 1, 10));
    return clock.instant().plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
  }

  /** Others may write meanwhile: the end of what we announced is ours to say all the same. */
  private void record(List<Delivery> ends) {
    while (!ends.isEmpty() && !deliveries.add(ends)) {
      deliveries.read();
    }
  }

  private OutboxSummary summary(DueAnnouncements all, DeliveryStates states, List<Delivery> ends) {
    int delivered =
        (int) ends.stream().filter(end -> end.state() == Delivery.State.DELIVERED).count();
    return new OutboxSummary(
        destination.name(), delivered, accepted(states), all.waiting(states), parked(states));
  }

  private static List<Delivery> accepted(DeliveryStates states) {
    return states.all().stream()
        .filter(last -> last.state() == Delivery.State.ACCEPTED)
        .sorted(Comparator.comparing(Delivery::at))
        .toList();
  }

  private static List<Delivery> parked(DeliveryStates states) {
    return states.all().stream()
        .filter(last -> last.state() == Delivery.State.PARKED)
        .sorted(Comparator.comparing(Delivery::at).reversed())
        .toList();
  }
}
