package dev.assay.catalog.datazone;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.datazone.model.DataSourceConfigurationInput;
import software.amazon.awssdk.services.datazone.model.DataSourceStatus;
import software.amazon.awssdk.services.datazone.model.DataSourceSummary;
import software.amazon.awssdk.services.datazone.model.FilterExpression;
import software.amazon.awssdk.services.datazone.model.FilterExpressionType;
import software.amazon.awssdk.services.datazone.model.GetDataSourceResponse;
import software.amazon.awssdk.services.datazone.model.RelationalFilterConfiguration;

/**
 * Data sources of a project, one per database or schema, which include the registered tables by
 * their names and no others.
 */
final class DataSources {
  private static final Set<DataSourceStatus> BEING_MADE =
      Set.of(DataSourceStatus.CREATING, DataSourceStatus.UPDATING);

  private final Domain domain;
  private final String project;
  private final String environment;

  DataSources(Domain domain, String project, String environment) {
    this.domain = domain;
    this.project = project;
    this.environment = environment;
  }

  /**
   * A data source that includes a table.
   *
   * @param changed whether it did not before
   */
  record Included(String id, boolean changed) {}

  /** Includes a table: in the data source of its place, which is made if it is not there. */
  Included include(SourcePlace place, String table) {
    Optional<DataSourceSummary> known = find(place.name());
    if (known.isEmpty()) {
      return new Included(make(place, table), true);
    }
    String id = known.get().dataSourceId();
    Set<String> tables = new TreeSet<>(tables(ready(place.name(), id)));
    if (!tables.add(table)) {
      return new Included(id, false);
    }
    domain.ask(
        "adding %s to data source %s".formatted(table, place.name()),
        client ->
            client.updateDataSource(
                r ->
                    r.domainIdentifier(domain.id())
                        .identifier(id)
                        .configuration(place.configuration(tables))));
    ready(place.name(), id);
    return new Included(id, true);
  }

  private Optional<DataSourceSummary> find(String name) {
    return domain.ask(
        "looking for data source " + name,
        client ->
            client
                .listDataSourcesPaginator(
                    r -> r.domainIdentifier(domain.id()).projectIdentifier(project).name(name))
                .items()
                .stream()
                .filter(one -> one.name().equals(name))
                .findFirst());
  }

  private String make(SourcePlace place, String table) {
    String id =
        domain
            .ask(
                "making data source " + place.name(),
                client ->
                    client.createDataSource(
                        r ->
                            r.domainIdentifier(domain.id())
                                .projectIdentifier(project)
                                .environmentIdentifier(environment)
                                .name(place.name())
                                .type(place.type())
                                .configuration(place.configuration(Set.of(table)))
                                .publishOnImport(false)
                                .recommendation(b -> b.enableBusinessNameGeneration(false))
                                .enableSetting("ENABLED")
                                .clientToken(
                                    Domain.token(
                                        "data source",
                                        domain.id(),
                                        project,
                                        environment,
                                        place.name(),
                                        table))))
            .id();
    ready(place.name(), id);
    return id;
  }

  private GetDataSourceResponse ready(String name, String id) {
    GetDataSourceResponse seen =
        domain
            .patience()
            .until(
                "data source " + name,
                () ->
                    domain.ask(
                        "looking at data source " + name,
                        client ->
                            client.getDataSource(
                                r -> r.domainIdentifier(domain.id()).identifier(id))),
                source -> !BEING_MADE.contains(source.status()));
    if (seen.status() != DataSourceStatus.READY) {
      throw new AssayException(
          ExitKind.OUTSIDE_UNAVAILABLE,
          "Data source %s is %s%s. Mend or delete it in the DataZone portal, then run this again."
              .formatted(
                  name,
                  seen.status(),
                  seen.errorMessage() == null
                      ? ""
                      : " (%s)".formatted(seen.errorMessage().errorType())));
    }
    return seen;
  }

  private static List<String> tables(GetDataSourceResponse source) {
    return filters(source).stream()
        .flatMap(filter -> filter.filterExpressions().stream())
        .filter(expression -> expression.type() == FilterExpressionType.INCLUDE)
        .map(FilterExpression::expression)
        .toList();
  }

  private static List<RelationalFilterConfiguration> filters(GetDataSourceResponse source) {
    return source.configuration().glueRunConfiguration() != null
        ? source.configuration().glueRunConfiguration().relationalFilterConfigurations()
        : source.configuration().redshiftRunConfiguration().relationalFilterConfigurations();
  }

  /** Where a data source finds its tables. */
  interface SourcePlace {
    /** Of its data source. */
    String name();

    /** GLUE or REDSHIFT. */
    String type();

    /** Including these tables. */
    DataSourceConfigurationInput configuration(Set<String> tables);
  }

  /** The filter that includes these tables and no others. */
  static List<FilterExpression> including(Set<String> tables) {
    return tables.stream()
        .map(
            table ->
                FilterExpression.builder()
                    .type(FilterExpressionType.INCLUDE)
                    .expression(table)
                    .build())
        .toList();
  }
}
