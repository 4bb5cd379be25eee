package dev.assay.testing.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Filters of assets: which columns, or which rows, a consumer may see.
 *
 * <p>Modelled: client tokens, a name that is there once for an asset, at most 100 filters of an
 * asset, filters that name a column the table does not have and so are invalid, an update that
 * keeps what it does not name. Not modelled: that names are compared with the columns of a revision
 * other than the newest, the exact text of an effective row filter.
 */
final class DataZoneAssetFilters {
  private static final Set<String> TABLES = Set.of("GlueTableForm", "RedshiftTableForm");
  private static final int OF_AN_ASSET = 100;
  private static final String NAME = "name";
  private static final String CONFIGURATION = "configuration";
  private static final String ASSET = "assetId";

  private final DataZoneContext context;
  private final DataZoneAssets assets;
  private final Map<String, ObjectNode> filters = new LinkedHashMap<>();

  DataZoneAssetFilters(DataZoneContext context, DataZoneAssets assets) {
    this.context = context;
    this.assets = assets;
  }

  Map<String, StubServer.Handler> operations() {
    return Map.of(
        "CreateAssetFilter", request -> context.tokens().once(request, () -> create(request)),
        "UpdateAssetFilter", this::update,
        "GetAssetFilter",
            request -> context.model().pick(request.operation(), find(request)).deepCopy(),
        "ListAssetFilters", this::list,
        "DeleteAssetFilter", this::delete);
  }

  /** Refuses a filter that is not one of the asset's, or is not valid. */
  void requireValid(String asset, String filter) {
    if (!find(asset, filter).path("status").asText().equals("VALID")) {
      throw DataZoneErrors.invalid("asset filter %s is not valid".formatted(filter));
    }
  }

  /** Every filter of an asset, as the service describes it. */
  List<ObjectNode> of(String asset) {
    return filters.values().stream()
        .filter(each -> each.path(ASSET).asText().equals(asset))
        .map(ObjectNode::deepCopy)
        .toList();
  }

  private ObjectNode create(ModelledRequest request) {
    String asset = request.text("assetIdentifier");
    assets.newest(asset);
    refuseTaken(asset, request.text(NAME), "");
    if (of(asset).size() >= OF_AN_ASSET) {
      throw DataZoneErrors.quota("the asset has %d filters".formatted(OF_AN_ASSET));
    }
    ObjectNode filter =
        context
            .document()
            .put("id", context.ids().next())
            .put(ASSET, asset)
            .put("createdAt", context.seconds());
    fill(filter, request);
    filters.put(filter.path("id").asText(), filter);
    return filter.deepCopy();
  }

  private ObjectNode update(ModelledRequest request) {
    ObjectNode filter = find(request);
    if (request.input().has(NAME)) {
      refuseTaken(filter.path(ASSET).asText(), request.text(NAME), filter.path("id").asText());
    }
    fill(filter, request);
    return filter.deepCopy();
  }

  private ObjectNode list(ModelledRequest request) {
    String asset = request.text("assetIdentifier");
    assets.newest(asset);
    return DataZonePages.of(
        request,
        of(asset).stream()
            .filter(each -> DataZoneEnvironments.is(request, "status", each, "status"))
            .map(each -> context.model().pickElement(request.operation(), "items", each))
            .toList());
  }

  private ObjectNode delete(ModelledRequest request) {
    filters.remove(find(request).path("id").asText());
    return RequestProtocol.JSON.createObjectNode();
  }

  private void fill(ObjectNode filter, ModelledRequest request) {
    for (String member : List.of(NAME, "description", CONFIGURATION)) {
      if (request.input().has(member)) {
        filter.set(member, request.input().path(member));
      }
    }
    TreeSet<String> unknown = new TreeSet<>();
    JsonNode columns =
        filter.path(CONFIGURATION).path("columnConfiguration").path("includedColumnNames");
    JsonNode rows = filter.path(CONFIGURATION).path("rowConfiguration").path("rowFilter");
    List<String> known = columns(assets.newest(filter.path(ASSET).asText()));
    columns.forEach(column -> unknown.add(column.asText()));
    unknown.addAll(rows.findValuesAsText("columnName"));
    unknown.removeAll(known);
    filter.remove(List.of("effectiveColumnNames", "effectiveRowFilter", "errorMessage"));
    if (!unknown.isEmpty()) {
      filter.put("status", "INVALID").put("errorMessage", "there are no columns " + unknown);
      return;
    }
    filter.put("status", "VALID");
    if (rows.isMissingNode()) {
      ArrayNode effective = filter.putArray("effectiveColumnNames");
      columns.forEach(effective::add);
    } else {
      filter.put("effectiveRowFilter", rows.toString());
    }
  }

  private static List<String> columns(ObjectNode asset) {
    for (JsonNode form : asset.path(DataZoneAssets.FORMS)) {
      if (TABLES.contains(form.path("formName").asText())) {
        try {
          return RequestProtocol.JSON
              .readTree(form.path("content").asText())
              .findValuesAsText("columnName");
        } catch (JsonProcessingException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    return List.of();
  }

  private void refuseTaken(String asset, String name, String exceptFor) {
    if (of(asset).stream()
        .anyMatch(
            each ->
                each.path(NAME).asText().equals(name)
                    && !each.path("id").asText().equals(exceptFor))) {
      throw DataZoneErrors.conflict("the asset has a filter %s already".formatted(name));
    }
  }

  private ObjectNode find(ModelledRequest request) {
    return find(request.text("assetIdentifier"), request.text("identifier"));
  }

  private ObjectNode find(String asset, String id) {
    ObjectNode filter = filters.get(id);
    if (filter == null || !filter.path(ASSET).asText().equals(asset)) {
      throw DataZoneErrors.notFound("Asset filter", id);
    }
    return filter;
  }
}
