package dev.assay.publishing;

import dev.assay.model.TableName;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How far each delivery to a destination is. */
final class DeliveryStates {
  private final Map<String, Delivery> byKey = new HashMap<>();
  private final Map<TableName, Instant> first = new HashMap<>();
  private final Map<String, Integer> asked = new HashMap<>();

  DeliveryStates(Collection<Delivery> lines) {
    lines.forEach(this::add);
  }

  void add(Delivery line) {
    byKey.merge(line.key(), line, DeliveryStates::later);
    if (line.state() == Delivery.State.ASKED) {
      asked.merge(line.key(), line.attempt(), Math::max);
    }
    first.merge(
        line.table(), line.announcedAt(), (one, other) -> one.isBefore(other) ? one : other);
  }

  /** A later attempt wins; within an attempt its end, and then what somebody asked after it. */
  private static Delivery later(Delivery one, Delivery other) {
    if (one.attempt() != other.attempt()) {
      return one.attempt() > other.attempt() ? one : other;
    }
    return one.state().compareTo(other.state()) >= 0 ? one : other;
  }

  /** The first attempt since somebody asked for it again, or of all. */
  int firstAttempt(String key) {
    return 1 + asked.getOrDefault(key, 0);
  }

  Optional<Delivery> of(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  Collection<Delivery> all() {
    return byKey.values();
  }

  /** From when on announcements of a table go to this destination; empty if none ever went. */
  Optional<Instant> first(TableName table) {
    return Optional.ofNullable(first.get(table));
  }
}
