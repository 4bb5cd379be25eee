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
  private final DataZoneFormTypes formTypes;
  private final DataZoneAssets assets;
  private final DataZonePoints points;
  private final DataZoneLineage lineage;
  private final DataZoneGlossaries glossaries;
  private final DataZoneListings listings;
  private final DataZoneEnvironments environments;
  private final DataZoneDataSources dataSources;
  private final DataZoneCatalog catalog;
  private final DataZoneRuns runs;
  private final DataZoneAssetFilters filters;
  private final DataZoneSubscriptions subscriptions;
  private final Map<String, StubServer.Handler> operations = new HashMap<>();

  DataZoneDomain(String id, Clock clock) {
    this.context = DataZoneContext.of(id, clock);
    this.formTypes = new DataZoneFormTypes(context);
    DataZoneBlueprints blueprints = new DataZoneBlueprints(context);
    this.glossaries = new DataZoneGlossaries(context);
    this.assets = new DataZoneAssets(context, formTypes, glossaries::requireUsable);
    this.points = new DataZonePoints(context, formTypes, this::assetOf);
    this.lineage = new DataZoneLineage(context);
    this.listings = new DataZoneListings(context, assets, points, glossaries::term);
    this.environments = new DataZoneEnvironments(context, blueprints);
    this.dataSources = new DataZoneDataSources(context, environments);
    this.catalog = new DataZoneCatalog(assets, listings);
    this.runs = new DataZoneRuns(context, dataSources, catalog);
    this.filters = new DataZoneAssetFilters(context, assets);
    this.subscriptions = new DataZoneSubscriptions(context, listings, filters);
    operations.putAll(formTypes.operations());
    operations.putAll(points.operations());
    operations.putAll(lineage.operations());
    operations.putAll(glossaries.operations());
    operations.putAll(listings.operations());
    operations.putAll(blueprints.operations());
    operations.putAll(environments.operations());
    operations.putAll(dataSources.operations());
    operations.putAll(runs.operations());
    operations.putAll(filters.operations());
    operations.putAll(subscriptions.operations());
    operations.put("Search", search()::search);
    operations.put(
        "CreateAsset",
        request ->
            context.tokens().once(request, () -> described(request, assets.create(request))));
    operations.put(
        "CreateAssetRevision",
        request ->
            context.tokens().once(request, () -> described(request, assets.revise(request))));
    operations.put(
        "GetAsset",
        request ->
            described(
                request, assets.revision(request.text("identifier"), request.text("revision"))));
  }

  /**
   * How fast listings, environments, data sources and runs get on that are made from now on; the
   * default is a status further with every look at them. {@code Progress.atOnce()} has no waiting.
   */
  public DataZoneDomain progress(Progress progress) {
    synchronized (context) {
      listings.progress(progress);
      environments.progress(progress);
      dataSources.progress(progress);
      runs.progress(progress);
    }
    return this;
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
      return assets.add(project, DataZoneTable.glue(formTypes, GlueTableArn.of(tableArn), columns));
    }
  }

  /**
   * Puts a table into the catalog, or other columns of it, which the next run of a data source that
   * includes it finds.
   *
   * @param columns as of {@link #glueAsset}
   */
  public DataZoneDomain glueTable(String tableArn, String... columns) {
    synchronized (context) {
      catalog.put(DataZoneTable.glue(formTypes, GlueTableArn.of(tableArn), columns));
    }
    return this;
  }

  /**
   * The same of a table or view of Redshift.
   *
   * @param storage the cluster or the workgroup
   */
  public DataZoneDomain redshiftTable(
      String storage, String database, String schema, String table, String... columns) {
    synchronized (context) {
      catalog.put(DataZoneTable.redshift(formTypes, storage, database, schema, table, columns));
    }
    return this;
  }

  /**
   * Adds an enabled glossary term, and its glossary unless that is there.
   *
   * @return the term's id
   */
  public String glossaryTerm(String project, String glossary, String term) {
    synchronized (context) {
      return glossaries.add(project, glossary, term);
    }
  }

  /**
   * Publishes the newest revision of an asset, at once.
   *
   * @return the listing's id
   */
  public String publish(String asset) {
    synchronized (context) {
      return listings.publish(asset);
    }
  }

  /**
   * Adds a project's request for a subscription, which waits for its decision.
   *
   * @return the request's id
   */
  public String subscriptionRequest(String project, String listing, String reason) {
    synchronized (context) {
      return subscriptions.add(project, listing, reason);
    }
  }

  /** A request for a subscription as the service describes it, with its decision. */
  public ObjectNode subscriptionRequest(String id) {
    synchronized (context) {
      return subscriptions.described(id);
    }
  }

  /** The filters of an asset as the service describes them. */
  public List<ObjectNode> assetFilters(String asset) {
    synchronized (context) {
      return filters.of(asset);
    }
  }

  /** The next so many environments cannot be made. */
  public DataZoneDomain failNextEnvironments(int environments) {
    synchronized (context) {
      this.environments.failNext(environments);
    }
    return this;
  }

  /** The next so many runs of data sources fail and make nothing. */
  public DataZoneDomain failNextRuns(int runs) {
    synchronized (context) {
      this.runs.failNext(runs);
    }
    return this;
  }

  /** How many runs of a data source were started. */
  public int runs(String dataSource) {
    synchronized (context) {
      return runs.count(dataSource);
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
        // what happened meanwhile, where time makes it happen
        runs.settle();
        return operation.handle(request);
      }
    };
  }

  private DataZoneSearch search() {
    return new DataZoneSearch(
        context,
        Map.of(
            "ASSET",
            new DataZoneSearch.Scope("assetItem", assets::newest, this::withPoints),
            "GLOSSARY",
            new DataZoneSearch.Scope("glossaryItem", glossaries::glossaries, each -> each),
            "GLOSSARY_TERM",
            new DataZoneSearch.Scope("glossaryTermItem", glossaries::terms, each -> each)));
  }

  private String assetOf(String entityType, String id) {
    return entityType.equals("LISTING")
        ? listings.asset(id)
        : assets.newest(id).path("id").asText();
  }

  private ObjectNode described(ModelledRequest request, ObjectNode revision) {
    ObjectNode asset = withPoints(revision.deepCopy());
    listings.addListing(asset);
    return context.model().pick(request.operation(), asset);
  }

  private ObjectNode withPoints(ObjectNode asset) {
    points.addLatest(asset.path("id").asText(), "latestTimeSeriesDataPointFormsOutput", asset);
    return asset;
  }

  private static <T, K> Map<K, Integer> counts(List<T> all, Function<T, K> key) {
    Map<K, Integer> counts = new LinkedHashMap<>();
    all.forEach(each -> counts.merge(key.apply(each), 1, Integer::sum));
    return counts;
  }
}
