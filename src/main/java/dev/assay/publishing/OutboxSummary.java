package dev.assay.publishing;

import java.util.List;

/**
 * What a drain did at one destination.
 *
 * @param delivered now
 * @param accepted what the destination has taken and not yet worked off
 * @param waiting what is to be tried again, and why; in the order of delivery
 * @param parked what the destination refuses until somebody changes something
 */
public record OutboxSummary(
    String destination,
    int delivered,
    List<Delivery> accepted,
    List<Delivery> waiting,
    List<Delivery> parked) {
  public OutboxSummary {
    accepted = List.copyOf(accepted);
    waiting = List.copyOf(waiting);
    parked = List.copyOf(parked);
  }
}
