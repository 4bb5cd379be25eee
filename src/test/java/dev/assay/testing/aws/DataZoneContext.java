package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** What the parts of one domain share. It is also the lock of everything they remember. */
record DataZoneContext(
    String domain, Clock clock, ServiceModel model, DataZoneIds ids, DataZoneTokens tokens) {
  /** Who every stub's caller is. */
  static final String CALLER = "arn:aws:iam::123456789012:role/assay";

  static DataZoneContext of(String domain, Clock clock) {
    return new DataZoneContext(
        domain,
        clock,
        ServiceModel.of(DataZoneStub.SERVICE),
        new DataZoneIds(domain),
        new DataZoneTokens(clock));
  }

  ObjectNode document() {
    return RequestProtocol.JSON.createObjectNode().put("domainId", domain);
  }

  /** Now, as most of the service writes it. */
  BigDecimal seconds() {
    return BigDecimal.valueOf(clock.millis()).movePointLeft(3);
  }

  /** Now, as environments and data sources write it. */
  String iso() {
    return DateTimeFormatter.ISO_INSTANT.format(clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }
}
