package dev.assay.model.job;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How tables are registered with a DataZone domain.
 *
 * @param project the id of the project that owns the assets
 * @param centralProject the id of the project that owns glossary and metadata form
 * @param environment the name of the environment that data sources belong to
 * @param blueprint how that environment is made if it is not there
 * @param dataAccessRole the role with which the service reads the catalog
 * @param redshift where tables of Redshift are found
 * @param lakeFormation what is told to Lake Formation
 */
public record Registering(
    String project,
    String centralProject,
    String environment,
    Optional<Blueprint> blueprint,
    Optional<String> dataAccessRole,
    Optional<Redshift> redshift,
    Optional<LakeFormation> lakeFormation) {

  /**
   * What an environment is made of.
   *
   * @param name of the blueprint
   * @param regions to be enabled; those that are enabled already stay
   * @param location where environments keep their data, of the place's region
   */
  public record Blueprint(
      String name,
      List<String> regions,
      Optional<String> provisioningRole,
      Optional<String> manageAccessRole,
      Optional<String> location) {
    public Blueprint {
      regions = List.copyOf(regions);
    }
  }

  /**
   * A Redshift cluster or workgroup; one of the two.
   *
   * @param secret the ARN of the secret with its credentials
   */
  public record Redshift(
      Optional<String> cluster, Optional<String> workgroup, Optional<String> secret) {}

  /**
   * Lake Formation in the account of the catalog.
   *
   * @param locationRole with which it reads the tables' places; its own service role if empty
   * @param tags put on every table, beside those that follow from what a job says
   * @param endpoint instead of the service's own
   */
  public record LakeFormation(
      Optional<String> locationRole, Map<String, String> tags, Optional<URI> endpoint) {
    public LakeFormation {
      tags = Map.copyOf(tags);
    }
  }
}
