package dev.assay.model.job;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where what the line found is told.
 *
 * @param mostEvaluations rules that a score tells one by one
 * @param scoreDrop points that a score may fall without a notice
 * @param files folder for announcements as files
 * @param glue whose catalog holds the tables
 * @param datazone scores and lineage
 * @param openLineage lineage
 * @param sns notices
 */
public record Publishing(
    int mostEvaluations,
    BigDecimal scoreDrop,
    Optional<Path> files,
    Optional<GlueAccount> glue,
    Optional<DataZone> datazone,
    Optional<OpenLineage> openLineage,
    Optional<Topic> sns) {
  /** What DataZone is known to take of one result. */
  public static final int USUAL_EVALUATIONS = 2000;

  /** A fall that somebody should look at. */
  public static final BigDecimal USUAL_DROP = BigDecimal.valueOf(5);

  /** Nothing is told to anybody. */
  public static final Publishing NOWHERE =
      new Publishing(
          USUAL_EVALUATIONS,
          USUAL_DROP,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /**
   * A DataZone domain.
   *
   * @param lineage whether lineage goes there too
   * @param register how tables are registered with it
   */
  public record DataZone(
      String domain, boolean lineage, AwsPlace place, Optional<Registering> register) {}

  /**
   * An endpoint that takes OpenLineage events.
   *
   * @param url whole, with its path
   * @param keyVariable the environment variable that holds its key
   */
  public record OpenLineage(URI url, Optional<String> keyVariable) {}

  /** An SNS topic. */
  public record Topic(String arn, AwsPlace place) {}
}
