package dev.assay.publishing;

import dev.assay.model.TableName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What destinations refuse, as far as somebody has to be told: the first of equal refusals, until
 * something of the table arrives there again.
 */
final class ParkedDeliveries {
  private ParkedDeliveries() {}

  /** Those to be told, by table and in the order in which they happened. */
  static Map<TableName, List<Delivery>> toBeTold(List<Delivery> lines) {
    Map<TableName, List<Delivery>> told = new TreeMap<>();
    Map<String, String> reasons = new TreeMap<>();
    lines.stream()
        // that a notice of a refusal is refused would be told without end
        .filter(line -> line.kind() != Announcement.Kind.PARKED)
        .sorted(Comparator.comparing(Delivery::at).thenComparing(Delivery::key))
        .forEach(
            line -> {
              String series = line.destination() + " " + line.table();
              if (line.state() == Delivery.State.DELIVERED) {
                reasons.remove(series);
              } else if (line.state() == Delivery.State.PARKED
                  && !line.reason().equals(reasons.put(series, line.reason()))) {
                told.computeIfAbsent(line.table(), t -> new ArrayList<>()).add(line);
              }
            });
    return told;
  }
}
