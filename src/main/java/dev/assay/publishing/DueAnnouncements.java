package dev.assay.publishing;

import dev.assay.model.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one destination is to be told, and what of it is due. A table that is new to it begins with
 * the newest announcement of each kind; from there on nothing is left out.
 *
 * @param byTable those of a table in the order in which they are delivered
 */
record DueAnnouncements(Map<TableName, List<Announcement>> byTable) {
  /** Those that concern a destination. */
  static DueAnnouncements of(Announcements announcements, Destination destination) {
    Map<TableName, List<Announcement>> taken = new TreeMap<>();
    announcements
        .byTable()
        .forEach(
            (table, list) ->
                taken.put(table, list.stream().filter(one -> concerns(one, destination)).toList()));
    return new DueAnnouncements(taken);
  }

  /** A destination that refuses something is not the one to tell it to. */
  private static boolean concerns(Announcement announcement, Destination destination) {
    return destination.takes(announcement.kind())
        && announcement
            .refused()
            .filter(refused -> refused.destination().equals(destination.name()))
            .isEmpty();
  }

  /** Those to be delivered now: what has to wait stops its table. */
  List<Announcement> due(DeliveryStates states, Outbox.Haste haste, Instant now) {
    List<Announcement> due = new ArrayList<>();
    byTable.forEach(
        (table, list) -> {
          for (Announcement announcement : told(table, list, states)) {
            Optional<Delivery> last = states.of(announcement.key());
            if (last.filter(DueAnnouncements::settled).isPresent()) {
              continue;
            }
            if (last.filter(one -> mustWait(one, now, haste)).isPresent()) {
              return;
            }
            due.add(announcement);
          }
        });
    return due;
  }

  /** The last tries of those that were tried and are not settled, in the order of delivery. */
  List<Delivery> waiting(DeliveryStates states) {
    Map<String, Delivery> waiting = new LinkedHashMap<>();
    byTable.forEach(
        (table, list) ->
            told(table, list, states).stream()
                .map(one -> states.of(one.key()))
                .flatMap(Optional::stream)
                .filter(last -> !settled(last))
                .forEach(last -> waiting.put(last.key(), last)));
    return List.copyOf(waiting.values());
  }

  /** What of a table's announcements the destination is told at all. */
  private static List<Announcement> told(
      TableName table, List<Announcement> list, DeliveryStates states) {
    Optional<Instant> first = states.first(table);
    if (first.isPresent()) {
      return list.stream().filter(one -> !one.at().isBefore(first.get())).toList();
    }
    Map<Announcement.Kind, Announcement> newest = new LinkedHashMap<>();
    list.forEach(one -> newest.put(one.kind(), one));
    return newest.values().stream().sorted(Announcement.ORDER).toList();
  }

  private static boolean settled(Delivery last) {
    return last.state() == Delivery.State.DELIVERED
        || last.state() == Delivery.State.ACCEPTED
        || last.state() == Delivery.State.PARKED;
  }

  private static boolean mustWait(Delivery last, Instant now, Outbox.Haste haste) {
    boolean underWay = last.state() == Delivery.State.INTENT && haste != Outbox.Haste.TAKE_OVER;
    boolean failed = last.state() == Delivery.State.WAITING && haste == Outbox.Haste.PATIENT;
    return (underWay || failed) && last.until().filter(now::isBefore).isPresent();
  }
}
