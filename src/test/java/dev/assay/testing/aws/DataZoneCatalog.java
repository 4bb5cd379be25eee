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
  private final Map<GlueTableArn, String[]> tables = new LinkedHashMap<>();

  /** What a run did with one table. */
  record Import(GlueTableArn table, String asset, String status) {}

  DataZoneCatalog(DataZoneAssets assets, DataZoneListings listings) {
    this.assets = assets;
    this.listings = listings;
  }

  void put(GlueTableArn table, String... columns) {
    tables.put(table, columns.clone());
  }

  /** Makes and changes the assets of a data source's tables. */
  List<Import> run(ObjectNode source) {
    List<Import> imports = new ArrayList<>();
    JsonNode filters =
        source
            .path("configuration")
            .path("glueRunConfiguration")
            .path("relationalFilterConfigurations");
    tables.forEach(
        (table, columns) -> {
          if (isIncluded(filters, table)) {
            imports.add(run(source.path("projectId").asText(), table, columns));
          }
        });
    if (source.path("publishOnImport").asBoolean()) {
      imports.stream()
          .filter(each -> each.status().equals(CREATED))
          .forEach(each -> listings.publish(each.asset()));
    }
    return imports;
  }

  private Import run(String project, GlueTableArn table, String... columns) {
    Optional<String> existing = assets.ofTable(project, table);
    if (existing.isEmpty()) {
      return new Import(table, assets.addGlueTable(project, table, columns), CREATED);
    }
    boolean changed = assets.changeGlueTable(existing.get(), table, columns);
    return new Import(table, existing.get(), changed ? UPDATED : UNCHANGED);
  }

  private static boolean isIncluded(JsonNode filters, GlueTableArn table) {
    for (JsonNode filter : filters) {
      if (filter.path("databaseName").asText().equals(table.database())) {
        boolean included = false;
        boolean excluded = false;
        boolean anyIncludes = false;
        for (JsonNode expression : filter.path("filterExpressions")) {
          boolean includes = expression.path("type").asText().equals("INCLUDE");
          boolean matches =
              pattern(expression.path("expression").asText()).matcher(table.table()).matches();
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
