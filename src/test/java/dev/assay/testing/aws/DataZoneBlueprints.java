package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The service's environment blueprints, and how they are configured.
 *
 * <p>Modelled: a configuration that is put replaces the whole one before it; one that was never put
 * is not found. Not modelled: blueprints of one's own, changed roles that do not exist.
 */
final class DataZoneBlueprints {
  private static final List<String> NAMES = List.of("DefaultDataLake", "DefaultDataWarehouse");
  private static final List<String> CONFIGURED =
      List.of(
          "provisioningRoleArn",
          "manageAccessRoleArn",
          "environmentRolePermissionBoundary",
          "enabledRegions",
          "regionalParameters",
          "allowUserProvidedConfigurations",
          "provisioningConfigurations");

  private final DataZoneContext context;
  private final Map<String, ObjectNode> blueprints = new LinkedHashMap<>();
  private final Map<String, ObjectNode> configurations = new LinkedHashMap<>();

  DataZoneBlueprints(DataZoneContext context) {
    this.context = context;
    for (String name : NAMES) {
      ObjectNode blueprint =
          RequestProtocol.JSON
              .createObjectNode()
              .put("id", context.ids().next())
              .put("name", name)
              .put("provider", "Amazon DataZone");
      blueprint
          .putObject("provisioningProperties")
          .putObject("cloudFormation")
          .put("templateUrl", "https://example.com/%s.yaml".formatted(name));
      blueprints.put(blueprint.path("id").asText(), blueprint);
    }
  }

  Map<String, StubServer.Handler> operations() {
    return Map.of(
        "ListEnvironmentBlueprints", this::list,
        "GetEnvironmentBlueprintConfiguration", this::get,
        "PutEnvironmentBlueprintConfiguration", this::put);
  }

  void require(String id) {
    if (!blueprints.containsKey(id)) {
      throw DataZoneErrors.notFound("Environment blueprint", id);
    }
  }

  private ObjectNode list(ModelledRequest request) {
    String name = request.text("name");
    boolean managed = request.input().path("managed").asBoolean(true);
    return DataZonePages.of(
        request,
        blueprints.values().stream()
            .filter(each -> managed)
            .filter(each -> name.isEmpty() || each.path("name").asText().equals(name))
            .toList());
  }

  private ObjectNode get(ModelledRequest request) {
    String id = request.text("environmentBlueprintIdentifier");
    ObjectNode configuration = configurations.get(id);
    if (configuration == null) {
      throw DataZoneErrors.notFound("Configuration of environment blueprint", id);
    }
    return configuration.deepCopy();
  }

  private ObjectNode put(ModelledRequest request) {
    for (String member : List.of("resourceConfigurations", "globalParameters")) {
      if (request.input().has(member)) {
        throw DataZoneErrors.notModelled("%s of a blueprint".formatted(member));
      }
    }
    String id = request.text("environmentBlueprintIdentifier");
    require(id);
    ObjectNode before = configurations.get(id);
    ObjectNode configuration =
        context
            .document()
            .put("environmentBlueprintId", id)
            .put("createdAt", before == null ? context.iso() : before.path("createdAt").asText())
            .put("updatedAt", context.iso());
    for (String member : CONFIGURED) {
      if (request.input().has(member)) {
        configuration.set(member, request.input().path(member));
      }
    }
    configurations.put(id, configuration);
    return configuration.deepCopy();
  }
}
