package dev.assay.reports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.assay.catalog.Registered;
import java.util.List;
import java.util.Locale;

/**
 * What became of registrations.
 *
 * @param tables in the order in which they were registered
 */
public record RegisteredText(List<Registered> tables) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public RegisteredText {
    tables = List.copyOf(tables);
  }

  /** For the terminal. */
  public String text() {
    long changed = tables.stream().filter(Registered::changed).count();
    return new TextTable<Registered>()
            .left("table", Registered::table)
            .left("asset", Registered::asset)
            .left("columns", table -> table.imported() ? "imported" : "known")
            .left("metadata", table -> table.described() ? "new revision" : "unchanged")
            .left("listing", table -> words(table.listing()))
            .of(tables)
        + "\n\n%d table(s), %d changed.".formatted(tables.size(), changed);
  }

  /** As one JSON list. */
  public String json() {
    ArrayNode list = JSON.createArrayNode();
    tables.forEach(
        table ->
            list.addObject()
                .put("table_name", table.table())
                .put("asset", table.asset())
                .put("imported", table.imported())
                .put("described", table.described())
                .put("listing", words(table.listing())));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(list);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values is always JSON", e);
    }
  }

  private static String words(Registered.Listing listing) {
    return listing.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
