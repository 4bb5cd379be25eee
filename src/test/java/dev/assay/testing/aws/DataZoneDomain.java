package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One domain of the stub: what is in it, and what a test sets up and looks at.
 *
 * <p>Requests to one domain are handled one after another, so that what is counted is what
 * happened.
 */
public final class DataZoneDomain {
  private final DataZoneContext context;
  private final DataZoneAssets assets;
  private final DataZonePoints points;
  private final DataZoneLineage lineage;
  private final Map<String, StubServer.Handler> operations = new HashMap<>();

  DataZoneDomain(String id, Clock clock) {
    this.context = DataZoneContext.of(id, clock);
    DataZoneFormTypes formTypes = new DataZoneFormTypes(context);
    this.assets = new DataZoneAssets(context, formTypes, term -> false);
    this.points = new DataZonePoints(context, formTypes, this::assetOf);
    this.lineage = new DataZoneLineage(context);
    DataZoneSearch search =
        new DataZoneSearch(
            context,
            Map.of(
                "ASSET", new DataZoneSearch.Scope("assetItem", assets::newest, this::described)));
    operations.putAll(formTypes.operations());
    operations.putAll(points.operations());
    operations.putAll(lineage.operations());
    operations.put("Search", search::search);
    operations.put(
        "GetAsset",
        request ->
            asset(request, assets.revision(request.text("identifier"), request.text("revision"))));
  }

  /** How long client tokens are remembered; with zero, every request counts. */
  public DataZoneDomain forgetTokensAfter(Duration time) {
    context.tokens().forgetAfter(time);
    return this;
  }

  /** How many requests were answered from a token that was remembered. */
  public int repeatsByToken() {
    return context.tokens().repeats();
  }

  /**
   * Adds the asset of a table of the Glue catalog, as a data source's run does.
   *
   * @param columns names, each maybe with a colon and the type: {@code total:decimal(12,2)}
   * @return the asset's id
   */
  public String glueAsset(String project, String tableArn, String... columns) {
    synchronized (context) {
      return assets.addGlueTable(project, GlueTableArn.of(tableArn), columns);
    }
  }

  /** Every revision of an asset as the service describes it, the first one first. */
  public List<ObjectNode> revisions(String asset) {
    synchronized (context) {
      return assets.revisions(asset);
    }
  }

  /** The points of an asset that are really there, in the order of arrival. */
  public List<DataZonePoint> points(String asset) {
    return points.all().stream().filter(point -> point.asset().equals(asset)).toList();
  }

  /** How often each point is there; more than once is what must not happen. */
  public Map<DataZonePoint.Key, Integer> pointCounts() {
    return counts(points.all(), DataZonePoint::key);
  }

  /** How many points each token brought. */
  public Map<String, Integer> pointsByToken() {
    return counts(points.all(), DataZonePoint::token);
  }

  /** The events that were accepted, in the order of arrival. */
  public List<DataZoneLineageEvent> lineageEvents() {
    return lineage.all();
  }

  /** How often each event of a run was accepted: the run's id, a space, and the event's type. */
  public Map<String, Integer> lineageCounts() {
    return counts(lineage.all(), event -> event.runId() + " " + event.eventType());
  }

  /** How events are processed. */
  public DataZoneLineage lineage() {
    return lineage;
  }

  StubServer.@Nullable Handler operation(String name) {
    StubServer.Handler operation = operations.get(name);
    if (operation == null) {
      return null;
    }
    return request -> {
      synchronized (context) {
        return operation.handle(request);
      }
    };
  }

  private String assetOf(String entityType, String id) {
    return assets.newest(id).path("id").asText();
  }

  private ObjectNode asset(ModelledRequest request, ObjectNode revision) {
    return context.model().pick(request.operation(), described(revision.deepCopy()));
  }

  private ObjectNode described(ObjectNode asset) {
    points.addLatest(asset.path("id").asText(), "latestTimeSeriesDataPointFormsOutput", asset);
    return asset;
  }

  private static <T, K> Map<K, Integer> counts(List<T> all, Function<T, K> key) {
    Map<K, Integer> counts = new LinkedHashMap<>();
    all.forEach(each -> counts.merge(key.apply(each), 1, Integer::sum));
    return counts;
  }
}
