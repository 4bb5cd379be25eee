package dev.assay.reports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.assay.catalog.AccessDecision;
import dev.assay.catalog.AccessRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests and what became of them.
 *
 * @param requests the oldest first
 * @param dryRun whether nothing was granted
 */
public record SubscriptionsText(Map<AccessRequest, AccessDecision> requests, boolean dryRun) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public SubscriptionsText {
    requests = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(requests));
  }

  /** For the terminal. */
  public String text() {
    if (requests.isEmpty()) {
      return "No request is pending.";
    }
    String table =
        new TextTable<Map.Entry<AccessRequest, AccessDecision>>()
            .left("request", one -> one.getKey().id())
            .left("table", one -> one.getKey().table().toString())
            .left("project", one -> project(one.getKey()))
            .left("package", one -> one.getValue().packageName().orElse("–"))
            .left("", one -> outcome(one.getValue()))
            .left("why", one -> one.getValue().why())
            .of(List.copyOf(requests.entrySet()));
    long left = requests.values().stream().filter(one -> !one.granted()).count();
    return left == 0
        ? table
        : table
            + """


            %d left to the steward:
              ./assay subscriptions approve REQUEST --package NAME --reason "..."
              ./assay subscriptions reject REQUEST --reason "..."
            """
                .formatted(left)
                .stripTrailing();
  }

  /** As one JSON list. */
  public String json() {
    ArrayNode list = JSON.createArrayNode();
    requests.forEach(
        (request, decision) ->
            list.addObject()
                .put("request", request.id())
                .put("table_name", request.table().toString())
                .put("project", request.project())
                .put("package", decision.packageName().orElse(null))
                .put("outcome", outcome(decision))
                .put("why", decision.why()));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(list);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values is always JSON", e);
    }
  }

  private String outcome(AccessDecision decision) {
    if (!decision.granted()) {
      return "left to the steward";
    }
    return dryRun ? "would be granted" : "granted";
  }

  private static String project(AccessRequest request) {
    return request.projectName().isEmpty() ? request.project() : request.projectName();
  }
}
