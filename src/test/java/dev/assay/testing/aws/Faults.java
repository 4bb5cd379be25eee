package dev.assay.testing.aws;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * The faults that wait for the next requests of a stub, in the order they were planned, and those
 * that chance brings. Safe for several threads.
 */
public final class Faults {
  private static final String ANY = "";

  private final List<Planned> planned = new ArrayList<>();
  private final Map<Fault, Integer> happened = new LinkedHashMap<>();
  private Random random = new Random(0);
  private double rate;
  private List<Fault> choices = List.of();

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

  /**
   * From now on, requests for which nothing is planned go wrong by chance, each with the same
   * probability for each of the given faults.
   *
   * @param seed the same seed brings the same faults to the same order of requests
   * @param rate how many of all requests go wrong, from 0.0 to 1.0
   */
  public synchronized void random(long seed, double rate, Fault... choices) {
    if (!(rate >= 0 && rate <= 1) || choices.length == 0) {
      throw new IllegalArgumentException(
          "a rate from 0 to 1 and at least one fault are needed; got the rate %s and %d faults"
              .formatted(rate, choices.length));
    }
    this.random = new Random(seed);
    this.rate = rate;
    this.choices = List.of(choices);
  }

  /** Nothing goes wrong any more, neither planned nor by chance. */
  public synchronized void none() {
    planned.clear();
    rate = 0;
  }

  /** How often each fault happened, planned or by chance. */
  public synchronized Map<Fault, Integer> happened() {
    return Map.copyOf(happened);
  }

  /** How many still wait. */
  public synchronized int waiting() {
    return planned.size();
  }

  synchronized Optional<Fault> take(String operation) {
    Optional<Fault> fault = nextPlanned(operation).or(this::byChance);
    fault.ifPresent(f -> happened.merge(f, 1, Integer::sum));
    return fault;
  }

  private Optional<Fault> byChance() {
    return rate > 0 && random.nextDouble() < rate
        ? Optional.of(choices.get(random.nextInt(choices.size())))
        : Optional.empty();
  }

  private Optional<Fault> nextPlanned(String operation) {
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
