package dev.assay.emr;

import dev.assay.model.job.EmrPrices;
import dev.assay.model.job.EmrPrices.Instance;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was charged for a run.
 *
 * @param seconds whole seconds by unit: {@code vcpu-seconds}, {@code gb-seconds}, {@code
 *     storage-gb-seconds}, or {@code <type>-seconds} of instances
 * @param lines for people, a quantity each
 * @param cost by the profile's prices; empty if it has none for all of this
 */
public record Usage(Map<String, Long> seconds, List<String> lines, Optional<Cost> cost) {
  private static final BigDecimal SECONDS_OF_HOUR = BigDecimal.valueOf(3600);
  private static final int SCALE = 6;

  /**
   * Money.
   *
   * @param prices which prices were used, in words
   */
  public record Cost(BigDecimal amount, String currency, String prices) {}

  /**
   * Instances of a cluster.
   *
   * @param spot whether they were bought as Spot
   * @param time all of them together
   */
  public record Instances(String type, boolean spot, Duration time) {}

  public Usage {
    seconds = Collections.unmodifiableMap(new TreeMap<>(seconds));
    lines = List.copyOf(lines);
  }

  /** Of EMR Serverless: hours as the service has billed them. */
  public static Usage ofServerless(
      double vcpuHours, double gbHours, double storageGbHours, Optional<EmrPrices> prices) {
    return new Usage(
        Map.of(
            "vcpu-seconds", seconds(vcpuHours),
            "gb-seconds", seconds(gbHours),
            "storage-gb-seconds", seconds(storageGbHours)),
        List.of(
            hours(vcpuHours, "vCPU-hours"),
            hours(gbHours, "GB-hours"),
            hours(storageGbHours, "storage GB-hours")),
        prices.map(
            price ->
                cost(
                    price
                        .vcpuHour()
                        .multiply(BigDecimal.valueOf(vcpuHours))
                        .add(price.gbHour().multiply(BigDecimal.valueOf(gbHours)))
                        .add(price.storageGbHour().multiply(BigDecimal.valueOf(storageGbHours))),
                    price)));
  }

  /** Of EMR on EC2: the time for which instances were there. */
  public static Usage ofInstances(List<Instances> instances, Optional<EmrPrices> prices) {
    Map<String, Long> seconds = new TreeMap<>();
    List<String> lines = new ArrayList<>();
    BigDecimal sum = BigDecimal.ZERO;
    boolean priced = prices.isPresent();
    for (Instances some : instances) {
      seconds.merge(some.type() + "-seconds", some.time().toSeconds(), Long::sum);
      BigDecimal hours =
          BigDecimal.valueOf(some.time().toSeconds())
              .divide(SECONDS_OF_HOUR, MathContext.DECIMAL64);
      lines.add(
          hours(hours.doubleValue(), some.type() + (some.spot() ? "-hours (Spot)" : "-hours")));
      Optional<Instance> price =
          prices.flatMap(all -> Optional.ofNullable(all.instances().get(some.type())));
      priced &= price.isPresent();
      if (price.isPresent()) {
        BigDecimal ec2 = some.spot() ? price.get().spot() : price.get().onDemand();
        sum = sum.add(hours.multiply(ec2.add(price.get().emr())));
      }
    }
    BigDecimal whole = sum;
    return new Usage(
        seconds, lines, priced ? prices.map(price -> cost(whole, price)) : Optional.empty());
  }

  /** For people: {@code 1.25 vCPU-hours, 5 GB-hours: 0.08 USD}. */
  public String text() {
    return String.join(", ", lines)
        + cost.map(
                money ->
                    ": %s %s (%s)"
                        .formatted(plain(money.amount(), 4), money.currency(), money.prices()))
            .orElse(": the profile names no price for it");
  }

  private static Cost cost(BigDecimal amount, EmrPrices prices) {
    return new Cost(amount.setScale(SCALE, RoundingMode.HALF_UP), prices.currency(), prices.text());
  }

  private static long seconds(double hours) {
    return Math.round(hours * SECONDS_OF_HOUR.doubleValue());
  }

  private static String hours(double hours, String unit) {
    return plain(BigDecimal.valueOf(hours), 3) + " " + unit;
  }

  private static String plain(BigDecimal number, int digits) {
    BigDecimal rounded = number.setScale(digits, RoundingMode.HALF_UP).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0).toPlainString() : rounded.toPlainString();
  }
}
