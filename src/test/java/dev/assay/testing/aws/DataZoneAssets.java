package dev.assay.testing.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Assets and their revisions.
 *
 * <p>Modelled: a revision replaces name, description, forms and glossary terms, so what is not sent
 * is gone; forms that only the service writes stay, and are refused when they are sent back; a form
 * has to be of the revision that is expected; glossary terms and form types have to be there; an
 * external identifier is there once. Not modelled: what a form type demands of its content beyond a
 * JSON object, forms that an asset type demands, generated business names, governed terms.
 */
final class DataZoneAssets {
  static final String GLUE_TYPE = "amazon.datazone.GlueTableAssetType";
  static final String FORMS = "formsOutput";
  private static final String READ_ONLY = "readOnlyFormsOutput";
  private static final String TERMS = "glossaryTerms";
  private static final String REVISION = "revision";

  private final DataZoneContext context;
  private final DataZoneFormTypes formTypes;
  private final Consumer<String> requireTerm;
  private final Map<String, List<ObjectNode>> revisions = new LinkedHashMap<>();

  DataZoneAssets(
      DataZoneContext context, DataZoneFormTypes formTypes, Consumer<String> requireTerm) {
    this.context = context;
    this.formTypes = formTypes;
    this.requireTerm = requireTerm;
  }

  /** The newest revision of every asset, the oldest asset first. */
  List<ObjectNode> newest() {
    return revisions.values().stream().map(all -> all.get(all.size() - 1)).toList();
  }

  /** The newest revision of an asset. */
  ObjectNode newest(String id) {
    List<ObjectNode> all = all(id);
    return all.get(all.size() - 1);
  }

  ObjectNode revision(String id, String revision) {
    if (revision.isEmpty()) {
      return newest(id);
    }
    return all(id).stream()
        .filter(each -> each.path(REVISION).asText().equals(revision))
        .findFirst()
        .orElseThrow(() -> DataZoneErrors.notFound("Asset", id + " revision " + revision));
  }

  /** Every revision of an asset, the first one first. */
  List<ObjectNode> revisions(String id) {
    return all(id).stream().map(ObjectNode::deepCopy).toList();
  }

  /** Adds a table as a data source's run does. */
  String add(String project, DataZoneTable table) {
    ObjectNode asset = first(project, table.name(), table.assetType());
    asset.set(FORMS, table.forms().deepCopy());
    asset.set(READ_ONLY, table.readOnlyForms(formTypes));
    return add(asset);
  }

  /** The asset of a table in a project. */
  Optional<String> ofTable(String project, DataZoneTable table) {
    String source = "{\"sourceIdentifier\":\"%s\"}".formatted(table.identifier());
    return newest().stream()
        .filter(each -> each.path("owningProjectId").asText().equals(project))
        .filter(each -> each.path(FORMS).findValuesAsText("content").contains(source))
        .map(each -> each.path("id").asText())
        .findFirst();
  }

  /**
   * Puts a new revision of a table with other columns, as a data source's run does; every other
   * form stays.
   *
   * @return whether there was anything to change
   */
  boolean change(String id, DataZoneTable table) {
    ObjectNode asset = next(id);
    JsonNode before = asset.path(FORMS);
    ArrayNode forms = table.forms().deepCopy();
    Set<String> replaced = names(forms);
    before.forEach(
        form -> {
          if (!replaced.contains(form.path("formName").asText())) {
            forms.add(form);
          }
        });
    if (Set.copyOf(list(forms)).equals(Set.copyOf(list(before)))) {
      return false;
    }
    asset.set(FORMS, forms);
    all(id).add(asset);
    return true;
  }

  ObjectNode create(ModelledRequest request) {
    String external = request.text("externalIdentifier");
    if (!external.isEmpty()
        && newest().stream()
            .anyMatch(each -> each.path("externalIdentifier").asText().equals(external))) {
      throw DataZoneErrors.conflict(
          "an asset with the external identifier %s is there already".formatted(external));
    }
    ObjectNode asset =
        first(
            request.text("owningProjectIdentifier"),
            request.text("name"),
            request.text("typeIdentifier"));
    if (!external.isEmpty()) {
      asset.put("externalIdentifier", external);
    }
    fill(asset, request, new HashSet<>());
    add(asset);
    return asset;
  }

  ObjectNode revise(ModelledRequest request) {
    String id = request.text("identifier");
    ObjectNode asset = next(id);
    asset.put("name", request.text("name"));
    asset.remove(List.of("description", TERMS));
    fill(asset, request, names(asset.path(READ_ONLY)));
    all(id).add(asset);
    return asset;
  }

  private void fill(ObjectNode asset, ModelledRequest request, Set<String> readOnly) {
    if (request.input().has("description")) {
      asset.put("description", request.text("description"));
    }
    for (JsonNode term : request.input().path(TERMS)) {
      requireTerm.accept(term.asText());
      asset.withArray(TERMS).add(term);
    }
    Set<String> seen = new HashSet<>();
    ArrayNode forms = asset.putArray(FORMS);
    for (JsonNode form : request.input().path("formsInput")) {
      String name = form.path("formName").asText();
      if (readOnly.contains(name)) {
        throw DataZoneErrors.invalid("form %s is read-only".formatted(name));
      }
      if (!seen.add(name)) {
        throw DataZoneErrors.invalid("form %s is there twice".formatted(name));
      }
      forms.add(form(name, form));
    }
  }

  private ObjectNode form(String name, JsonNode form) {
    if (!form.has("typeIdentifier")) {
      throw DataZoneErrors.invalid("form %s has no typeIdentifier".formatted(name));
    }
    String type = form.path("typeIdentifier").asText();
    String content = form.path("content").asText("{}");
    try {
      if (!RequestProtocol.JSON.readTree(content).isObject()) {
        throw DataZoneErrors.invalid("$.%s: is not an object".formatted(name));
      }
    } catch (JsonProcessingException e) {
      throw DataZoneErrors.invalid("$.%s: is not JSON".formatted(name));
    }
    return RequestProtocol.JSON
        .createObjectNode()
        .put("formName", name)
        .put("typeName", type)
        .put("typeRevision", formTypes.revision(type, form.path("typeRevision").asText("")))
        .put("content", content);
  }

  private ObjectNode first(String project, String name, String type) {
    ObjectNode asset =
        context
            .document()
            .put("id", context.ids().next())
            .put("name", name)
            .put("typeIdentifier", type)
            .put("typeRevision", "1")
            .put(REVISION, "1")
            .put("owningProjectId", project)
            .put("createdAt", context.seconds())
            .put("createdBy", DataZoneContext.CALLER)
            .put("firstRevisionCreatedAt", context.seconds())
            .put("firstRevisionCreatedBy", DataZoneContext.CALLER);
    asset.putArray(READ_ONLY);
    return asset;
  }

  private ObjectNode next(String id) {
    ObjectNode asset = newest(id).deepCopy();
    return asset
        .put(REVISION, Integer.toString(asset.path(REVISION).asInt() + 1))
        .put("createdAt", context.seconds());
  }

  private String add(ObjectNode asset) {
    String id = asset.path("id").asText();
    revisions.put(id, new ArrayList<>(List.of(asset)));
    return id;
  }

  private List<ObjectNode> all(String id) {
    List<ObjectNode> all = revisions.get(id);
    if (all == null) {
      throw DataZoneErrors.notFound("Asset", id);
    }
    return all;
  }

  private static List<JsonNode> list(JsonNode array) {
    List<JsonNode> list = new ArrayList<>();
    array.forEach(list::add);
    return list;
  }

  private static Set<String> names(JsonNode forms) {
    Set<String> names = new HashSet<>();
    forms.forEach(form -> names.add(form.path("formName").asText()));
    return names;
  }
}
