package dev.assay.testing.aws;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The faults that wait for the next requests of a stub, in the order they were planned. Safe for
 * several threads.
 */
public final class Faults {
  private static final String ANY = "";

  private final List<Planned> planned = new ArrayList<>();

  private record Planned(String operation, Fault fault) {}

  /** The next so many requests go wrong, whatever they ask. */
  public void next(int requests, Fault fault) {
    next(ANY, requests, fault);
  }

  /** The next so many requests of one operation go wrong. */
  public synchronized void next(String operation, int requests, Fault fault) {
    for (int i = 0; i < requests; i++) {
      planned.add(new Planned(operation, fault));
    }
  }

  /** How many still wait. */
  public synchronized int waiting() {
    return planned.size();
  }

  synchronized Optional<Fault> take(String operation) {
    for (Iterator<Planned> each = planned.iterator(); each.hasNext(); ) {
      Planned next = each.next();
      if (next.operation().equals(ANY) || next.operation().equals(operation)) {
        each.remove();
        return Optional.of(next.fault());
      }
    }
    return Optional.empty();
  }
}
