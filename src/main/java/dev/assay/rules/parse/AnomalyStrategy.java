package dev.assay.rules.parse;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How DetectAnomalies tells an anomaly; a rule's label {@code strategy} names one. */
public enum AnomalyStrategy {
  /** Within three standard deviations of the running mean of earlier values; the usual one. */
  ONLINE_NORMAL,
  /** Within three standard deviations of the mean of all earlier values. */
  BATCH_NORMAL,
  /** Not less than half and not more than twice the value before. */
  RELATIVE_CHANGE,
  /** Not changed by more than three times the largest earlier change. */
  ABSOLUTE_CHANGE,
  /** As a weekly season of daily values foretells. */
  HOLT_WINTERS;

  /** The label of a rule that names its strategy. */
  public static final String LABEL = "strategy";

  /** As labels spell them. */
  public static List<String> names() {
    return Arrays.stream(values()).map(one -> one.name().toLowerCase(Locale.ROOT)).toList();
  }

  /** The strategy of a name, in any case. */
  public static Optional<AnomalyStrategy> named(String name) {
    return Arrays.stream(values()).filter(one -> one.name().equalsIgnoreCase(name)).findFirst();
  }
}
