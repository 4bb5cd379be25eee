package dev.assay.model.job;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;

/**
 * What EMR charges, as a profile says.
 *
 * @param currency ISO 4217
 * @param region for which the prices are
 * @param date of the price list
 * @param vcpuHour price of a virtual processor for an hour
 * @param gbHour price of a GB of memory for an hour
 * @param storageGbHour price of a GB of disk for an hour, over the 20 GB that are free
 * @param instances prices of instances of clusters, by their type
 */
public record EmrPrices(
    String currency,
    String region,
    LocalDate date,
    BigDecimal vcpuHour,
    BigDecimal gbHour,
    BigDecimal storageGbHour,
    Map<String, Instance> instances) {
  /**
   * What an instance costs for an hour.
   *
   * @param onDemand of EC2
   * @param spot what to reckon with for Spot, which has no fixed price
   * @param emr of EMR, beside that of EC2
   */
  public record Instance(BigDecimal onDemand, BigDecimal spot, BigDecimal emr) {}

  public EmrPrices {
    instances = java.util.Collections.unmodifiableMap(new TreeMap<>(instances));
  }

  /** Which prices these are, as a reader of a bill wants to know. */
  public String text() {
    return "prices in %s of %s for %s".formatted(currency, date, region);
  }
}
