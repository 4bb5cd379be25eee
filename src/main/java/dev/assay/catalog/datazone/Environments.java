package dev.assay.catalog.datazone;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.Registering;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.datazone.model.EnvironmentBlueprintSummary;
import software.amazon.awssdk.services.datazone.model.EnvironmentProfileSummary;
import software.amazon.awssdk.services.datazone.model.EnvironmentStatus;
import software.amazon.awssdk.services.datazone.model.EnvironmentSummary;
import software.amazon.awssdk.services.datazone.model.GetEnvironmentBlueprintConfigurationResponse;
import software.amazon.awssdk.services.datazone.model.ResourceNotFoundException;

/** The environment that data sources belong to: found by its name, or made. */
final class Environments {
  private static final Set<EnvironmentStatus> BEING_MADE =
      Set.of(EnvironmentStatus.CREATING, EnvironmentStatus.UPDATING);

  private final Domain domain;
  private final Registering settings;
  private final String region;
  private final String account;

  /**
   * @param region of the catalog
   * @param account of the catalog
   */
  Environments(Domain domain, Registering settings, String region, String account) {
    this.domain = domain;
    this.settings = settings;
    this.region = region;
    this.account = account;
  }

  /** The id of the environment, once it is active. */
  String ready() {
    String id =
        find()
            .map(EnvironmentSummary::id)
            .orElseGet(
                () ->
                    make(
                        settings
                            .blueprint()
                            .orElseThrow(
                                () ->
                                    new AssayException(
                                        ExitKind.WRONG_FILES,
                                        "Project %s has no environment '%s'. Name one that is there, or add blueprint: to publish.datazone.register in the profile, so that it can be made."
                                            .formatted(
                                                settings.project(), settings.environment())))));
    EnvironmentStatus status =
        domain
            .patience()
            .until(
                "environment " + settings.environment(),
                () ->
                    domain
                        .ask(
                            "looking at the environment",
                            client ->
                                client.getEnvironment(
                                    r -> r.domainIdentifier(domain.id()).identifier(id)))
                        .status(),
                seen -> !BEING_MADE.contains(seen));
    if (status != EnvironmentStatus.ACTIVE) {
      throw new AssayException(
          ExitKind.OUTSIDE_UNAVAILABLE,
          "Environment %s is %s. Look at it in the DataZone portal; when it is ACTIVE, run this again."
              .formatted(settings.environment(), status));
    }
    return id;
  }

  private Optional<EnvironmentSummary> find() {
    return domain.ask(
        "looking for the environment",
        client ->
            client
                .listEnvironmentsPaginator(
                    r ->
                        r.domainIdentifier(domain.id())
                            .projectIdentifier(settings.project())
                            .name(settings.environment()))
                .items()
                .stream()
                .filter(one -> one.name().equals(settings.environment()))
                .filter(one -> one.status() != EnvironmentStatus.DELETED)
                .findFirst());
  }

  private String make(Registering.Blueprint wanted) {
    String blueprint = blueprint(wanted);
    configure(blueprint, wanted);
    String profile = profile(blueprint);
    return domain
        .ask(
            "making the environment",
            client ->
                client.createEnvironment(
                    r ->
                        r.domainIdentifier(domain.id())
                            .projectIdentifier(settings.project())
                            .environmentProfileIdentifier(profile)
                            .name(settings.environment())))
        .id();
  }

  private String blueprint(Registering.Blueprint wanted) {
    List<EnvironmentBlueprintSummary> found =
        domain.ask(
            "looking for the blueprint",
            client ->
                client
                    .listEnvironmentBlueprintsPaginator(
                        r -> r.domainIdentifier(domain.id()).name(wanted.name()).managed(true))
                    .items()
                    .stream()
                    .filter(one -> one.name().equals(wanted.name()))
                    .toList());
    if (found.isEmpty()) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "The domain has no blueprint '%s'. Expected one such as DefaultDataLake."
              .formatted(wanted.name()));
    }
    return found.get(0).id();
  }

  /** PUT replaces the whole configuration: what is set already is sent again. */
  private void configure(String blueprint, Registering.Blueprint wanted) {
    Optional<GetEnvironmentBlueprintConfigurationResponse> now =
        domain.ask(
            "looking at the blueprint's configuration",
            client -> {
              try {
                return Optional.of(
                    client.getEnvironmentBlueprintConfiguration(
                        r ->
                            r.domainIdentifier(domain.id())
                                .environmentBlueprintIdentifier(blueprint)));
              } catch (ResourceNotFoundException e) {
                return Optional.empty();
              }
            });
    Set<String> regions =
        new TreeSet<>(
            now.map(GetEnvironmentBlueprintConfigurationResponse::enabledRegions)
                .orElse(List.of()));
    Map<String, Map<String, String>> parameters =
        new HashMap<>(
            now.map(GetEnvironmentBlueprintConfigurationResponse::regionalParameters)
                .orElse(Map.of()));
    boolean enough =
        now.isPresent()
            && regions.containsAll(wanted.regions())
            && (wanted.location().isEmpty() || parameters.containsKey(region));
    if (enough) {
      return;
    }
    regions.addAll(wanted.regions());
    wanted
        .location()
        .ifPresent(
            location -> parameters.computeIfAbsent(region, one -> Map.of("S3Location", location)));
    domain.ask(
        "configuring the blueprint",
        client ->
            client.putEnvironmentBlueprintConfiguration(
                r ->
                    r.domainIdentifier(domain.id())
                        .environmentBlueprintIdentifier(blueprint)
                        .enabledRegions(regions)
                        .regionalParameters(parameters.isEmpty() ? null : parameters)
                        .provisioningRoleArn(
                            now.map(
                                    GetEnvironmentBlueprintConfigurationResponse
                                        ::provisioningRoleArn)
                                .or(wanted::provisioningRole)
                                .orElse(null))
                        .manageAccessRoleArn(
                            now.map(
                                    GetEnvironmentBlueprintConfigurationResponse
                                        ::manageAccessRoleArn)
                                .or(wanted::manageAccessRole)
                                .orElse(null))));
  }

  private String profile(String blueprint) {
    String name = "assay-" + settings.environment();
    Optional<String> found =
        domain.ask(
            "looking for the environment profile",
            client ->
                client
                    .listEnvironmentProfilesPaginator(
                        r ->
                            r.domainIdentifier(domain.id())
                                .projectIdentifier(settings.project())
                                .name(name))
                    .items()
                    .stream()
                    .filter(one -> one.name().equals(name))
                    .map(EnvironmentProfileSummary::id)
                    .findFirst());
    return found.orElseGet(
        () ->
            domain
                .ask(
                    "making the environment profile",
                    client ->
                        client.createEnvironmentProfile(
                            r ->
                                r.domainIdentifier(domain.id())
                                    .projectIdentifier(settings.project())
                                    .environmentBlueprintIdentifier(blueprint)
                                    .awsAccountId(account)
                                    .awsAccountRegion(region)
                                    .name(name)))
                .id());
  }
}
