package dev.assay.catalog.datazone;

import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.datazone.model.DataSourceConfigurationInput;

/**
 * A database of the Glue catalog.
 *
 * @param role with which the service reads the catalog
 */
record GluePlace(String database, Optional<String> role) implements DataSources.SourcePlace {
  @Override
  public String name() {
    return "assay-" + database;
  }

  @Override
  public String type() {
    return "GLUE";
  }

  @Override
  public DataSourceConfigurationInput configuration(Set<String> tables) {
    return DataSourceConfigurationInput.fromGlueRunConfiguration(
        glue ->
            glue.dataAccessRole(role.orElse(null))
                // scores are posted by the runs; importing Glue's too would make a second series
                .autoImportDataQualityResult(false)
                .relationalFilterConfigurations(
                    filter ->
                        filter
                            .databaseName(database)
                            .filterExpressions(DataSources.including(tables))));
  }
}
