package dev.assay.model.job;

import dev.assay.model.TableName;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a consumer of a table relies on: a file in {@code jobs/contracts}.
 *
 * @param consumer who relies on it
 * @param contact whom to tell when it is broken
 * @param minimumScore from 0 to 100
 * @param minimumCoverage from 0 to 100
 * @param mustPass labels of rules that have to pass
 * @param freshness how old the newest published run may be
 * @param accessPackage the package of the producer's governance file that the consumer uses; a
 *     contract never defines a filter of its own
 * @param project the consumer's project in the catalog, by which its subscriptions are known
 */
public record Contract(
    String name,
    String consumer,
    Optional<String> contact,
    TableName table,
    Optional<BigDecimal> minimumScore,
    BigDecimal minimumCoverage,
    Map<String, List<String>> mustPass,
    Optional<Duration> freshness,
    Optional<String> accessPackage,
    Optional<String> project) {
  public Contract {
    mustPass = Map.copyOf(mustPass);
  }
}
