package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Data sources of Glue and of Redshift tables.
 *
 * <p>Modelled: client tokens, a name that is there once in a project, either an active environment
 * or a connection, a configuration that fits the type and is replaced as a whole, statuses that go
 * on with each look at the data source. Not modelled: other types, self grants, schedules that run
 * on their own, business names, forms for every asset.
 */
final class DataZoneDataSources {
  private static final List<String> GIVEN =
      List.of(
          "name",
          "description",
          "enableSetting",
          "publishOnImport",
          "schedule",
          "configuration",
          "recommendation",
          "retainPermissionsOnRevokeFailure");
  private static final String READY = "READY";
  private static final String ENVIRONMENT = "environmentIdentifier";
  private static final String CONNECTION = "connectionIdentifier";

  private final DataZoneContext context;
  private final DataZoneEnvironments environments;
  private final Map<String, ObjectNode> sources = new LinkedHashMap<>();
  private final Map<String, Lifecycle> lifecycles = new LinkedHashMap<>();
  private Progress progress = Progress.everyDescriptions(1);

  DataZoneDataSources(DataZoneContext context, DataZoneEnvironments environments) {
    this.context = context;
    this.environments = environments;
  }

  Map<String, StubServer.Handler> operations() {
    return Map.of(
        "CreateDataSource", request -> context.tokens().once(request, () -> create(request)),
        "UpdateDataSource", this::update,
        "GetDataSource", this::get,
        "ListDataSources", this::list);
  }

  void progress(Progress progress) {
    this.progress = progress;
  }

  ObjectNode find(String id) {
    ObjectNode source = sources.get(id);
    if (source == null) {
      throw DataZoneErrors.notFound("Data source", id);
    }
    return source;
  }

  /** Refuses a data source that is being made or changed. */
  void requireReady(String id) {
    find(id);
    if (!status(id).equals(READY)) {
      throw DataZoneErrors.conflict("data source %s is %s".formatted(id, status(id)));
    }
  }

  private ObjectNode create(ModelledRequest request) {
    if (!List.of(DataZoneTable.GLUE, DataZoneTable.REDSHIFT).contains(request.text("type"))) {
      throw DataZoneErrors.notModelled("data sources of the type " + request.text("type"));
    }
    if (request.input().has(ENVIRONMENT) == request.input().has(CONNECTION)) {
      throw DataZoneErrors.invalid("give either an environment or a connection");
    }
    if (request.input().has(ENVIRONMENT)) {
      environments.requireActive(request.text(ENVIRONMENT));
    }
    String project = request.text("projectIdentifier");
    refuseTaken(project, request.text("name"), "");
    String id = context.ids().next();
    ObjectNode source =
        context
            .document()
            .put("id", id)
            .put("dataSourceId", id)
            .put("projectId", project)
            .put("type", request.text("type"))
            .put("enableSetting", "ENABLED")
            .put("publishOnImport", false)
            .put("createdAt", context.iso())
            .put("updatedAt", context.iso());
    if (request.input().has(ENVIRONMENT)) {
      source.put("environmentId", request.text(ENVIRONMENT));
    } else {
      source.put("connectionId", request.text(CONNECTION));
    }
    fill(source, request);
    requireFitting(source);
    sources.put(id, source);
    lifecycles.put(id, new Lifecycle(progress, List.of("CREATING", READY)));
    return answer(request, source);
  }

  private ObjectNode update(ModelledRequest request) {
    String id = request.text("identifier");
    ObjectNode source = find(id);
    requireReady(id);
    if (request.input().has("name")) {
      refuseTaken(source.path("projectId").asText(), request.text("name"), id);
    }
    requireFitting(fill(source.deepCopy(), request));
    fill(source, request);
    source.put("updatedAt", context.iso());
    lifecycles.put(id, new Lifecycle(progress, List.of("UPDATING", READY)));
    return answer(request, source);
  }

  private ObjectNode get(ModelledRequest request) {
    ObjectNode source = find(request.text("identifier"));
    look(source);
    return answer(request, source);
  }

  private ObjectNode list(ModelledRequest request) {
    sources.values().forEach(this::look);
    return DataZonePages.of(
        request,
        sources.values().stream()
            .map(each -> each.deepCopy().put("status", status(each.path("id").asText())))
            .filter(each -> is(request, "projectIdentifier", each, "projectId"))
            .filter(each -> is(request, ENVIRONMENT, each, "environmentId"))
            .filter(each -> is(request, CONNECTION, each, "connectionId"))
            .filter(each -> is(request, "type", each, "type"))
            .filter(each -> is(request, "status", each, "status"))
            .filter(each -> is(request, "name", each, "name"))
            .map(each -> context.model().pickElement(request.operation(), "items", each))
            .toList());
  }

  private static boolean is(
      ModelledRequest request, String asked, ObjectNode document, String member) {
    return DataZoneEnvironments.is(request, asked, document, member);
  }

  private void look(ObjectNode source) {
    lifecycle(source.path("id").asText()).describe();
  }

  private String status(String id) {
    return lifecycle(id).status();
  }

  private Lifecycle lifecycle(String id) {
    Lifecycle lifecycle = lifecycles.get(id);
    if (lifecycle == null) {
      throw DataZoneErrors.notFound("Data source", id);
    }
    return lifecycle;
  }

  private ObjectNode answer(ModelledRequest request, ObjectNode source) {
    return context
        .model()
        .pick(
            request.operation(),
            source.deepCopy().put("status", status(source.path("id").asText())));
  }

  private void refuseTaken(String project, String name, String exceptFor) {
    if (sources.values().stream()
        .anyMatch(
            each ->
                each.path("projectId").asText().equals(project)
                    && each.path("name").asText().equals(name)
                    && !each.path("id").asText().equals(exceptFor))) {
      throw DataZoneErrors.conflict("the project has a data source %s already".formatted(name));
    }
  }

  private static ObjectNode fill(ObjectNode source, ModelledRequest request) {
    if (request.input().has("assetFormsInput")) {
      throw DataZoneErrors.notModelled("forms for every asset of a data source");
    }
    for (String member : GIVEN) {
      JsonNode value = request.input().path(member);
      if (!value.isMissingNode()) {
        source.set(member, value);
      }
    }
    return source;
  }

  private static void requireFitting(ObjectNode source) {
    if (!DataZoneCatalog.configuration(source).isObject()) {
      throw DataZoneErrors.invalid(
          "configuration is not one of the type " + source.path("type").asText());
    }
  }
}
