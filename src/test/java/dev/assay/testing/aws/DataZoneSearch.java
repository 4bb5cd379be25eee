package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Search of a project's inventory, for assets, glossaries and terms.
 *
 * <p>Modelled: the order of {@link DataZoneRanking}, filters, the owning project, forms and points
 * on request only, pages. Everything is found as soon as it is there. Not modelled: data products,
 * an order by an attribute, a search within attributes, the rationale of a match.
 */
final class DataZoneSearch {
  private final DataZoneContext context;
  private final Map<String, Scope> scopes;

  /**
   * One kind of thing to look for.
   *
   * @param item what an answer calls it
   * @param all everything of the kind, the oldest first
   * @param attributes adds what is only there on request
   */
  record Scope(String item, Supplier<List<ObjectNode>> all, UnaryOperator<ObjectNode> attributes) {}

  DataZoneSearch(DataZoneContext context, Map<String, Scope> scopes) {
    this.context = context;
    this.scopes = Map.copyOf(scopes);
  }

  ObjectNode search(ModelledRequest request) {
    Scope scope = scopes.get(request.text("searchScope"));
    if (scope == null) {
      throw DataZoneErrors.notModelled("a search for " + request.text("searchScope"));
    }
    refuseWhatIsNotModelled(request);
    String project = request.text("owningProjectIdentifier");
    List<ObjectNode> possible =
        scope.all().get().stream()
            .filter(
                each -> project.isEmpty() || each.path("owningProjectId").asText().equals(project))
            .filter(each -> DataZoneFilter.matches(request.input().path("filters"), each))
            .toList();
    List<ObjectNode> found =
        DataZoneRanking.of(
            request.text("searchText"),
            possible,
            each -> each.path("name").asText(),
            ObjectNode::toString);
    Set<String> wanted = new HashSet<>();
    request.input().path("additionalAttributes").forEach(each -> wanted.add(each.asText()));
    ObjectNode answer =
        DataZonePages.of(request, found.stream().map(each -> item(scope, each, wanted)).toList());
    return answer.put("totalMatchCount", found.size());
  }

  /** Fails the test that asks for what the searches do not have. */
  static void refuseWhatIsNotModelled(ModelledRequest request) {
    for (String member : List.of("sort", "searchIn", "aggregations")) {
      if (request.input().has(member)) {
        throw DataZoneErrors.notModelled("%s of a search".formatted(member));
      }
    }
    for (JsonNode attribute : request.input().path("additionalAttributes")) {
      if (attribute.asText().equals("TEXT_MATCH_RATIONALE")) {
        throw DataZoneErrors.notModelled("the rationale of a match");
      }
    }
  }

  private ObjectNode item(Scope scope, ObjectNode found, Set<String> wanted) {
    ObjectNode item = found.deepCopy();
    if (scope.item().equals("assetItem")) {
      item.put("identifier", found.path("id").asText());
      ObjectNode additional = scope.attributes().apply(found.deepCopy());
      Set<String> kept = new HashSet<>();
      if (wanted.contains("FORMS")) {
        kept.addAll(Set.of("formsOutput", "readOnlyFormsOutput"));
      }
      if (wanted.contains("TIME_SERIES_DATA_POINT_FORMS")) {
        kept.add("latestTimeSeriesDataPointFormsOutput");
      }
      additional.retain(kept);
      if (!additional.isEmpty()) {
        item.set("additionalAttributes", additional);
      }
    }
    return RequestProtocol.JSON
        .createObjectNode()
        .set(scope.item(), context.model().pickMember("Search", "items", scope.item(), item));
  }
}
