package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The tables that a data source finds, and the assets that its runs make of them. */
final class DataZoneCatalog {
  static final String CREATED = "SUCCEEDED_CREATED";
  static final String UPDATED = "SUCCEEDED_UPDATED";
  static final String UNCHANGED = "UNCHANGED";

  private final DataZoneAssets assets;
  private final DataZoneListings listings;
  private final Map<String, DataZoneTable> tables = new LinkedHashMap<>();

  /** What a run did with one table. */
  record Import(DataZoneTable table, String asset, String status) {}

  DataZoneCatalog(DataZoneAssets assets, DataZoneListings listings) {
    this.assets = assets;
    this.listings = listings;
  }

  void put(DataZoneTable table) {
    tables.put(table.identifier(), table);
  }

  /** Makes and changes the assets of a data source's tables. */
  List<Import> run(ObjectNode source) {
    List<Import> imports = new ArrayList<>();
    JsonNode configuration = configuration(source);
    String storage = storage(configuration);
    for (DataZoneTable table : tables.values()) {
      if (table.type().equals(source.path("type").asText())
          && isIncluded(configuration.path("relationalFilterConfigurations"), storage, table)) {
        imports.add(run(source.path("projectId").asText(), table));
      }
    }
    if (source.path("publishOnImport").asBoolean()) {
      imports.stream()
          .filter(each -> each.status().equals(CREATED))
          .forEach(each -> listings.publish(each.asset()));
    }
    return imports;
  }

  /** What a data source is configured to look for; missing if that does not fit its type. */
  static JsonNode configuration(ObjectNode source) {
    return source
        .path("configuration")
        .path(
            source.path("type").asText().equals(DataZoneTable.GLUE)
                ? "glueRunConfiguration"
                : "redshiftRunConfiguration");
  }

  /** The cluster or workgroup, with a slash; empty for Glue. */
  private static String storage(JsonNode configuration) {
    JsonNode storage = configuration.path("redshiftStorage");
    if (storage.isMissingNode()) {
      return "";
    }
    JsonNode cluster = storage.path("redshiftClusterSource").path("clusterName");
    return cluster.isTextual()
        ? cluster.asText() + "/"
        : storage.path("redshiftServerlessSource").path("workgroupName").asText() + "/";
  }

  private Import run(String project, DataZoneTable table) {
    Optional<String> existing = assets.ofTable(project, table);
    if (existing.isEmpty()) {
      return new Import(table, assets.add(project, table), CREATED);
    }
    boolean changed = assets.change(existing.get(), table);
    return new Import(table, existing.get(), changed ? UPDATED : UNCHANGED);
  }

  private static boolean isIncluded(JsonNode filters, String storage, DataZoneTable table) {
    for (JsonNode filter : filters) {
      String schema = filter.path("schemaName").asText(table.schema());
      if (table.source().equals(storage + filter.path("databaseName").asText())
          && table.schema().equals(schema)) {
        boolean included = false;
        boolean excluded = false;
        boolean anyIncludes = false;
        for (JsonNode expression : filter.path("filterExpressions")) {
          boolean includes = expression.path("type").asText().equals("INCLUDE");
          boolean matches =
              pattern(expression.path("expression").asText()).matcher(table.name()).matches();
          anyIncludes |= includes;
          included |= includes && matches;
          excluded |= !includes && matches;
        }
        if ((included || !anyIncludes) && !excluded) {
          return true;
        }
      }
    }
    return false;
  }

  private static Pattern pattern(String expression) {
    return Pattern.compile(
        Arrays.stream(expression.split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*")));
  }
}
