package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs of data sources, which make assets of the tables that the test put into the catalog.
 *
 * <p>Modelled: at most 25 runs of a data source in a day (of UTC; the service's day is not
 * published), one run at a time, a run that ends later and only then has made its assets, new and
 * changed and unchanged tables, databases and table patterns that are included or excluded,
 * publishing at once, runs that fail because the test says so. Each look at a run is a poll.
 */
final class DataZoneRuns {
  private static final int A_DAY = 25;
  private static final String SOURCE = "dataSourceId";
  private static final String FAILED = "FAILED";

  private final DataZoneContext context;
  private final DataZoneDataSources sources;
  private final DataZoneCatalog catalog;
  private final Map<String, Run> runs = new LinkedHashMap<>();
  private Progress progress = Progress.everyDescriptions(1);
  private int failing;

  /** A run, and what it did once it is over. */
  private static final class Run {
    private final ObjectNode document;
    private final Lifecycle lifecycle;
    private final LocalDate day;
    private final List<ObjectNode> activities = new ArrayList<>();
    private boolean settled;

    Run(ObjectNode document, Lifecycle lifecycle, LocalDate day) {
      this.document = document;
      this.lifecycle = lifecycle;
      this.day = day;
    }
  }

  DataZoneRuns(DataZoneContext context, DataZoneDataSources sources, DataZoneCatalog catalog) {
    this.context = context;
    this.sources = sources;
    this.catalog = catalog;
  }

  Map<String, StubServer.Handler> operations() {
    return Map.of(
        "StartDataSourceRun", request -> context.tokens().once(request, () -> start(request)),
        "GetDataSourceRun", this::get,
        "ListDataSourceRuns", this::list,
        "ListDataSourceRunActivities", this::activities);
  }

  void progress(Progress progress) {
    this.progress = progress;
  }

  void failNext(int runs) {
    failing += runs;
  }

  int count(String source) {
    return (int) of(source).count();
  }

  /** Lets runs that are over have done what they do. */
  void settle() {
    for (Run run : runs.values()) {
      if (!run.settled && run.lifecycle.isOver()) {
        run.settled = true;
        end(run);
      }
    }
  }

  private ObjectNode start(ModelledRequest request) {
    String source = request.text("dataSourceIdentifier");
    sources.requireReady(source);
    if (of(source).anyMatch(run -> !run.lifecycle.isOver())) {
      throw DataZoneErrors.conflict("a run of data source %s is not over".formatted(source));
    }
    LocalDate today = LocalDate.ofInstant(context.clock().instant(), ZoneOffset.UTC);
    if (of(source).filter(run -> run.day.equals(today)).count() >= A_DAY) {
      throw DataZoneErrors.quota("data source %s had %d runs in this day".formatted(source, A_DAY));
    }
    boolean fails = failing > 0;
    if (fails) {
      failing--;
    }
    ObjectNode run =
        context
            .document()
            .put("id", context.ids().next())
            .put(SOURCE, source)
            .put("projectId", sources.find(source).path("projectId").asText())
            .put("type", "PRIORITIZED")
            .put("createdAt", context.iso())
            .put("updatedAt", context.iso())
            .put("startedAt", context.iso());
    Lifecycle lifecycle =
        new Lifecycle(progress, List.of("REQUESTED", "RUNNING", fails ? FAILED : "SUCCESS"));
    Run made = new Run(run, lifecycle, today);
    runs.put(run.path("id").asText(), made);
    return context.model().pick(request.operation(), described(made));
  }

  private ObjectNode get(ModelledRequest request) {
    Run run = find(request.text("identifier"));
    look(run);
    return context.model().pick(request.operation(), described(run));
  }

  private ObjectNode list(ModelledRequest request) {
    String source = request.text("dataSourceIdentifier");
    sources.find(source);
    of(source).toList().forEach(this::look);
    List<ObjectNode> newestFirst = new ArrayList<>();
    of(source)
        .map(this::described)
        .filter(each -> DataZoneEnvironments.is(request, "status", each, "status"))
        .map(each -> context.model().pickElement(request.operation(), "items", each))
        .forEach(each -> newestFirst.add(0, each));
    return DataZonePages.of(request, newestFirst);
  }

  private ObjectNode activities(ModelledRequest request) {
    Run run = find(request.text("identifier"));
    look(run);
    return DataZonePages.of(
        request,
        run.activities.stream()
            .filter(each -> DataZoneEnvironments.is(request, "status", each, "dataAssetStatus"))
            .toList());
  }

  private void look(Run run) {
    run.lifecycle.describe();
    settle();
  }

  private ObjectNode described(Run run) {
    return run.document.deepCopy().put("status", run.lifecycle.status());
  }

  private void end(Run run) {
    run.document.put("stoppedAt", context.iso()).put("updatedAt", context.iso());
    if (run.lifecycle.status().equals(FAILED)) {
      run.document
          .putObject("errorMessage")
          .put("errorType", "INTERNAL_SERVER_EXCEPTION")
          .put("errorDetail", "the test planned it");
      return;
    }
    ObjectNode source = sources.find(run.document.path(SOURCE).asText());
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (DataZoneCatalog.Import imported : catalog.run(source)) {
      counts.merge(imported.status(), 1, Integer::sum);
      run.activities.add(
          RequestProtocol.JSON
              .createObjectNode()
              .put("dataSourceRunId", run.document.path("id").asText())
              .put("projectId", run.document.path("projectId").asText())
              .put("database", imported.table().source())
              .put("technicalName", imported.table().name())
              .put("dataAssetId", imported.asset())
              .put("dataAssetStatus", imported.status())
              .put("createdAt", context.iso())
              .put("updatedAt", context.iso()));
    }
    JsonNode statistics =
        RequestProtocol.JSON
            .createObjectNode()
            .put("added", counts.getOrDefault(DataZoneCatalog.CREATED, 0))
            .put("updated", counts.getOrDefault(DataZoneCatalog.UPDATED, 0))
            .put("unchanged", counts.getOrDefault(DataZoneCatalog.UNCHANGED, 0))
            .put("skipped", 0)
            .put("failed", 0);
    run.document.set("runStatisticsForAssets", statistics);
  }

  private Stream<Run> of(String source) {
    return runs.values().stream().filter(run -> run.document.path(SOURCE).asText().equals(source));
  }

  private Run find(String id) {
    Run run = runs.get(id);
    if (run == null) {
      throw DataZoneErrors.notFound("Data source run", id);
    }
    return run;
  }
}
