package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Form types: those of the service, and those that a project makes.
 *
 * <p>Modelled: revisions, a new one only when something changed, a name that another project has,
 * disabled form types, search by a part of the name. The models of the service's own form types are
 * short stand-ins, and models that are made are not read. Not modelled: asset types, imports,
 * filters and order of a search.
 */
final class DataZoneFormTypes {
  static final String GLUE_TABLE = "amazon.datazone.GlueTableFormType";
  static final String REDSHIFT_TABLE = "amazon.datazone.RedshiftTableFormType";
  static final String COMMON_DETAILS = "amazon.datazone.AssetCommonDetailsFormType";
  static final String DATA_SOURCE = "amazon.datazone.DataSourceReferenceFormType";
  static final String COLUMN_NAMES = "amazon.datazone.ColumnBusinessMetadataFormType";

  private static final Map<String, String> MANAGED =
      Map.of(
          GLUE_TABLE,
          "13",
          REDSHIFT_TABLE,
          "6",
          COMMON_DETAILS,
          "6",
          DATA_SOURCE,
          "3",
          COLUMN_NAMES,
          "2");

  private final DataZoneContext context;
  private final Map<String, List<ObjectNode>> revisions = new LinkedHashMap<>();

  DataZoneFormTypes(DataZoneContext context) {
    this.context = context;
    managed(DataQualityContent.TYPE, DataQualityContent.REVISION, DataQualityContent.SMITHY);
    MANAGED.forEach(
        (name, revision) ->
            managed(
                name,
                revision,
                "structure %s {}\n".formatted(name.substring(name.lastIndexOf('.') + 1))));
  }

  Map<String, StubServer.Handler> operations() {
    return Map.of(
        "GetFormType", this::get, "CreateFormType", this::create, "SearchTypes", this::search);
  }

  /**
   * The revision that is meant.
   *
   * @param asked for; empty for the newest, which is also the only one that is taken
   */
  String revision(String type, String asked) {
    String newest = newest(type).path("revision").asText();
    if (!asked.isEmpty() && !asked.equals(newest)) {
      throw DataZoneErrors.invalid(
          "form type revision expected %s@%s but was provided %s@%s"
              .formatted(type, newest, type, asked));
    }
    return newest;
  }

  private ObjectNode newest(String type) {
    List<ObjectNode> all = revisions.getOrDefault(type, List.of());
    if (all.isEmpty()) {
      throw DataZoneErrors.notFound("Form type", type);
    }
    return all.get(all.size() - 1);
  }

  private ObjectNode get(ModelledRequest request) {
    String type = request.text("formTypeIdentifier");
    String revision = request.text("revision");
    return newest(type).path("revision").asText().equals(revision) || revision.isEmpty()
        ? context.model().pick(request.operation(), newest(type))
        : revisions.get(type).stream()
            .filter(each -> each.path("revision").asText().equals(revision))
            .findFirst()
            .map(each -> context.model().pick(request.operation(), each))
            .orElseThrow(() -> DataZoneErrors.notFound("Form type", type + "@" + revision));
  }

  private ObjectNode create(ModelledRequest request) {
    String name = request.text("name");
    String project = request.text("owningProjectIdentifier");
    if (name.startsWith("amazon.datazone.")) {
      throw DataZoneErrors.invalid("%s: names of the service are not to be taken".formatted(name));
    }
    List<ObjectNode> all = revisions.computeIfAbsent(name, each -> new ArrayList<>());
    if (!all.isEmpty() && !newest(name).path("owningProjectId").asText().equals(project)) {
      throw DataZoneErrors.conflict("another project has a form type %s".formatted(name));
    }
    ObjectNode made =
        context
            .document()
            .put("name", name)
            .put("revision", Integer.toString(all.size() + 1))
            .put("owningProjectId", project)
            .put("originProjectId", project)
            .put("originDomainId", context.domain())
            .put("status", request.input().path("status").asText("DISABLED"))
            .put("createdAt", context.seconds())
            .put("createdBy", DataZoneContext.CALLER);
    made.set("model", request.input().path("model"));
    if (request.input().has("description")) {
      made.put("description", request.text("description"));
    }
    if (all.isEmpty() || !sameText(newest(name), made)) {
      all.add(made);
    }
    return context.model().pick(request.operation(), newest(name));
  }

  private ObjectNode search(ModelledRequest request) {
    if (!request.text("searchScope").equals("FORM_TYPE")) {
      throw DataZoneErrors.notModelled("a search for types of " + request.text("searchScope"));
    }
    if (request.input().has("filters") || request.input().has("sort")) {
      throw DataZoneErrors.notModelled("filters and order of a search for types");
    }
    String text = request.text("searchText").replace("\"", "").toLowerCase(Locale.ROOT);
    boolean managed = request.input().path("managed").asBoolean();
    List<ObjectNode> found =
        revisions.keySet().stream()
            .filter(name -> name.startsWith("amazon.datazone.") == managed)
            .filter(name -> name.toLowerCase(Locale.ROOT).contains(text))
            .map(name -> RequestProtocol.JSON.createObjectNode().set("formTypeItem", newest(name)))
            .map(ObjectNode.class::cast)
            .toList();
    return DataZonePages.of(request, found).put("totalMatchCount", found.size());
  }

  private void managed(String name, String revision, String smithy) {
    ObjectNode type =
        context
            .document()
            .put("name", name)
            .put("revision", revision)
            .put("status", "ENABLED")
            .put("createdAt", context.seconds())
            .put("createdBy", "SYSTEM");
    type.putObject("model").put("smithy", smithy);
    revisions.computeIfAbsent(name, each -> new ArrayList<>()).add(type);
  }

  private static boolean sameText(ObjectNode before, ObjectNode now) {
    return List.of("model", "status", "description").stream()
        .allMatch(member -> before.path(member).equals(now.path(member)));
  }
}
