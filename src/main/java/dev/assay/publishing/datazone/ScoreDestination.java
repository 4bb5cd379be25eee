package dev.assay.publishing.datazone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.aws.datazone.Assets;
import dev.assay.model.job.GlueAccount;
import dev.assay.publishing.Announcement;
import dev.assay.publishing.Destination;
import dev.assay.publishing.aws.Answers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.datazone.DataZoneClient;
import software.amazon.awssdk.services.datazone.model.TimeSeriesDataPointSummaryFormOutput;
import software.amazon.awssdk.services.datazone.model.TimeSeriesEntityType;

/**
 * Scores as data points on a table's asset, one per ruleset and run. The token keeps a repeat from
 * counting twice as long as the service remembers it, which is not published; so a repeat first
 * looks whether the point is there already: same series, same time, same content.
 */
final class ScoreDestination implements Destination {
  /** The form that the portal shows as data quality. */
  static final String FORM = "amazon.datazone.DataQualityResultFormType";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_NAME = 128;

  private final DataZoneClient client;
  private final String domain;
  private final Assets assets;

  /** Scores of the tables of an account, in a domain. */
  ScoreDestination(DataZoneClient client, String domain, GlueAccount tables) {
    this.client = client;
    this.domain = domain;
    this.assets = new Assets(client, domain, tables);
  }

  @Override
  public String name() {
    return "datazone";
  }

  @Override
  public boolean takes(Announcement.Kind kind) {
    return kind == Announcement.Kind.SCORE;
  }

  @Override
  public Outcome deliver(Announcement announcement, String body, Attempt attempt) {
    try {
      Optional<String> asset = assets.of(announcement.table());
      if (asset.isEmpty()) {
        return new Outcome.Refused(
            "domain %s has no asset for %s, or this role may not see it; register the table first"
                .formatted(domain, announcement.table()));
      }
      Optional<String> there =
          attempt.repeated() ? find(asset.get(), announcement, body) : Optional.empty();
      return new Outcome.Delivered(
          there.isPresent() ? there.get() : post(asset.get(), announcement, body, attempt));
    } catch (SdkException e) {
      return Answers.of("DataZone", e);
    }
  }

  private String post(String asset, Announcement announcement, String body, Attempt attempt) {
    return client
        .postTimeSeriesDataPoints(
            r ->
                r.domainIdentifier(domain)
                    .entityType(TimeSeriesEntityType.ASSET)
                    .entityIdentifier(asset)
                    .clientToken(attempt.token())
                    .forms(
                        form ->
                            form.formName(series(announcement))
                                .typeIdentifier(FORM)
                                .timestamp(at(announcement))
                                .content(body)))
        .forms()
        .get(0)
        .id();
  }

  private Optional<String> find(String asset, Announcement announcement, String body) {
    Instant at = at(announcement);
    return client
        .listTimeSeriesDataPointsPaginator(
            r ->
                r.domainIdentifier(domain)
                    .entityType(TimeSeriesEntityType.ASSET)
                    .entityIdentifier(asset)
                    .formName(series(announcement))
                    .startedAt(at.minusSeconds(1))
                    .endedAt(at.plusSeconds(1)))
        .items()
        .stream()
        .filter(point -> point.timestamp().equals(at))
        .map(TimeSeriesDataPointSummaryFormOutput::id)
        .filter(id -> same(content(asset, announcement, id), body))
        .findFirst();
  }

  private String content(String asset, Announcement announcement, String id) {
    return client
        .getTimeSeriesDataPoint(
            r ->
                r.domainIdentifier(domain)
                    .entityType(TimeSeriesEntityType.ASSET)
                    .entityIdentifier(asset)
                    .formName(series(announcement))
                    .identifier(id))
        .form()
        .content();
  }

  private static boolean same(String content, String body) {
    try {
      JsonNode there = JSON.readTree(content);
      return there.equals(JSON.readTree(body));
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  /** The name of the series: what is compared with each other over time. */
  private static String series(Announcement announcement) {
    String name = announcement.series().replace('/', '.');
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
  }

  /** The service keeps milliseconds. */
  private static Instant at(Announcement announcement) {
    return announcement.at().truncatedTo(ChronoUnit.MILLIS);
  }
}
