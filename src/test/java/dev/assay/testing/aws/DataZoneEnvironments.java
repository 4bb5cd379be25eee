package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Environment profiles and environments.
 *
 * <p>Modelled: no client tokens; a name is there once in a project; an environment is not there at
 * once, or fails if the test says so. Reading or listing environments is a poll. Not modelled: the
 * resources of an environment, parameters in answers, filters by account.
 */
final class DataZoneEnvironments {
  private static final String PROJECT = "projectId";
  private static final String ASKED_PROJECT = "projectIdentifier";
  private static final String PROFILE = "environmentProfileId";
  private static final String BLUEPRINT = "environmentBlueprintId";

  private final DataZoneContext context;
  private final DataZoneBlueprints blueprints;
  private final Map<String, ObjectNode> profiles = new LinkedHashMap<>();
  private final Map<String, Environment> environments = new LinkedHashMap<>();
  private Progress progress = Progress.everyDescriptions(1);
  private int failing;

  private record Environment(ObjectNode document, Lifecycle lifecycle) {
    ObjectNode described() {
      return document.deepCopy().put("status", lifecycle.status());
    }
  }

  DataZoneEnvironments(DataZoneContext context, DataZoneBlueprints blueprints) {
    this.context = context;
    this.blueprints = blueprints;
  }

  Map<String, StubServer.Handler> operations() {
    return Map.of(
        "CreateEnvironmentProfile", this::createProfile,
        "ListEnvironmentProfiles", this::listProfiles,
        "CreateEnvironment", this::create,
        "GetEnvironment", this::get,
        "ListEnvironments", this::list);
  }

  void progress(Progress progress) {
    this.progress = progress;
  }

  void failNext(int environments) {
    failing += environments;
  }

  /** Refuses an environment that a data source cannot be in. */
  void requireActive(String id) {
    if (!find(id).lifecycle().status().equals("ACTIVE")) {
      throw DataZoneErrors.invalid("environment %s is not active".formatted(id));
    }
  }

  private ObjectNode createProfile(ModelledRequest request) {
    String blueprint = request.text("environmentBlueprintIdentifier");
    blueprints.require(blueprint);
    refuseTaken(profiles.values().stream(), request);
    ObjectNode profile =
        made(request)
            .put(BLUEPRINT, blueprint)
            .put("awsAccountId", request.input().path("awsAccountId").asText("123456789012"))
            .put("awsAccountRegion", request.input().path("awsAccountRegion").asText("us-east-1"));
    profiles.put(profile.path("id").asText(), profile);
    return profile.deepCopy();
  }

  private ObjectNode listProfiles(ModelledRequest request) {
    return DataZonePages.of(
        request,
        profiles.values().stream()
            .filter(each -> is(request, "name", each, "name"))
            .filter(each -> is(request, ASKED_PROJECT, each, PROJECT))
            .filter(each -> is(request, "environmentBlueprintIdentifier", each, BLUEPRINT))
            .map(ObjectNode::deepCopy)
            .toList());
  }

  private ObjectNode create(ModelledRequest request) {
    String profile = request.text("environmentProfileIdentifier");
    ObjectNode environment = made(request).put("provider", "Amazon DataZone");
    if (!profile.isEmpty()) {
      ObjectNode found = profiles.get(profile);
      if (found == null) {
        throw DataZoneErrors.notFound("Environment profile", profile);
      }
      environment.put(PROFILE, profile);
      for (String member : List.of(BLUEPRINT, "awsAccountId", "awsAccountRegion")) {
        environment.set(member, found.path(member));
      }
    }
    refuseTaken(environments.values().stream().map(Environment::document), request);
    boolean fails = failing > 0;
    if (fails) {
      failing--;
    }
    Environment made =
        new Environment(
            environment,
            new Lifecycle(progress, List.of("CREATING", fails ? "CREATE_FAILED" : "ACTIVE")));
    environments.put(environment.path("id").asText(), made);
    return context.model().pick(request.operation(), made.described());
  }

  private ObjectNode get(ModelledRequest request) {
    Environment environment = find(request.text("identifier"));
    environment.lifecycle().describe();
    return context.model().pick(request.operation(), environment.described());
  }

  private ObjectNode list(ModelledRequest request) {
    environments.values().forEach(each -> each.lifecycle().describe());
    return DataZonePages.of(
        request,
        environments.values().stream()
            .map(Environment::described)
            .filter(each -> is(request, ASKED_PROJECT, each, PROJECT))
            .filter(each -> is(request, "name", each, "name"))
            .filter(each -> is(request, "status", each, "status"))
            .filter(each -> is(request, "environmentProfileIdentifier", each, PROFILE))
            .filter(each -> is(request, "environmentBlueprintIdentifier", each, BLUEPRINT))
            .map(each -> context.model().pickElement(request.operation(), "items", each))
            .toList());
  }

  private Environment find(String id) {
    Environment environment = environments.get(id);
    if (environment == null) {
      throw DataZoneErrors.notFound("Environment", id);
    }
    return environment;
  }

  private ObjectNode made(ModelledRequest request) {
    ObjectNode document =
        context
            .document()
            .put("id", context.ids().next())
            .put("name", request.text("name"))
            .put(PROJECT, request.text(ASKED_PROJECT))
            .put("createdBy", DataZoneContext.CALLER)
            .put("createdAt", context.iso())
            .put("updatedAt", context.iso());
    if (request.input().has("description")) {
      document.put("description", request.text("description"));
    }
    return document;
  }

  private static void refuseTaken(Stream<ObjectNode> all, ModelledRequest request) {
    if (all.anyMatch(
        each ->
            each.path("name").asText().equals(request.text("name"))
                && each.path(PROJECT).asText().equals(request.text(ASKED_PROJECT)))) {
      throw DataZoneErrors.conflict("the project has a %s already".formatted(request.text("name")));
    }
  }

  /** Whether a document has what a request filters by, if it does. */
  static boolean is(ModelledRequest request, String asked, ObjectNode document, String member) {
    String wanted = request.text(asked);
    return wanted.isEmpty() || document.path(member).asText().equals(wanted);
  }
}
