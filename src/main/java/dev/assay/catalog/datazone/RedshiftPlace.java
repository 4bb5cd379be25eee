package dev.assay.catalog.datazone;

import dev.assay.model.job.Registering;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.datazone.model.DataSourceConfigurationInput;
import software.amazon.awssdk.services.datazone.model.RedshiftStorage;

/**
 * A schema of a database of Redshift.
 *
 * @param role with which the service reads it
 */
record RedshiftPlace(
    Registering.Redshift redshift, String database, String schema, Optional<String> role)
    implements DataSources.SourcePlace {
  @Override
  public String name() {
    return "assay-redshift-%s-%s".formatted(database, schema);
  }

  @Override
  public String type() {
    return "REDSHIFT";
  }

  @Override
  public DataSourceConfigurationInput configuration(Set<String> tables) {
    return DataSourceConfigurationInput.fromRedshiftRunConfiguration(
        run -> {
          run.dataAccessRole(role.orElse(null))
              .redshiftStorage(storage())
              .relationalFilterConfigurations(
                  filter ->
                      filter
                          .databaseName(database)
                          .schemaName(schema)
                          .filterExpressions(DataSources.including(tables)));
          redshift
              .secret()
              .ifPresent(
                  secret -> run.redshiftCredentialConfiguration(c -> c.secretManagerArn(secret)));
        });
  }

  private RedshiftStorage storage() {
    return redshift
        .cluster()
        .map(name -> RedshiftStorage.fromRedshiftClusterSource(s -> s.clusterName(name)))
        .orElseGet(
            () ->
                RedshiftStorage.fromRedshiftServerlessSource(
                    s -> s.workgroupName(redshift.workgroup().orElseThrow())));
  }
}
