package dev.assay.docs;

import dev.assay.exports.ExportedTable;
import dev.assay.exports.ExportedTables;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

/** The tables that Assay itself writes, from the schemas by which it makes them. */
final class LedgerPage {
  private static final String LEDGER_SCHEMAS = "dev.assay.scores.iceberg.LedgerSchemas";

  /**
   * A table.
   *
   * @param owner the class that has its schema in the static field {@code field}
   */
  record Table(String name, String has, String owner, String field) {
    Schema schema() {
      try {
        Field found = Class.forName(owner).getDeclaredField(field);
        found.setAccessible(true);
        return (Schema) found.get(null);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(owner + "." + field, e);
      }
    }
  }

  /** Every static schema of the product is one of these, or {@link #OTHERS}. */
  static final List<Table> TABLES =
      List.of(
          of(
              "runs",
              "A row per run and state; of rows of one run the one with the greatest `at` holds.",
              LEDGER_SCHEMAS,
              "RUNS"),
          of("outcomes", "A row per rule of each scoring.", LEDGER_SCHEMAS, "OUTCOMES"),
          of(
              "metrics",
              "The numbers that rules and analyzers measured.",
              LEDGER_SCHEMAS,
              "METRICS"),
          of(
              "quarantine_counts",
              "How many rows each run set aside, by reason.",
              LEDGER_SCHEMAS,
              "QUARANTINE_COUNTS"),
          of(
              "lineage",
              "What each run read, and where its columns come from.",
              LEDGER_SCHEMAS,
              "LINEAGE"),
          of("costs", "What runs spent on paid services.", LEDGER_SCHEMAS, "COSTS"),
          of(
              "deliveries",
              "Attempts to deliver announcements, and their ends.",
              "dev.assay.publishing.iceberg.IcebergDeliveries",
              "SCHEMA"),
          of(
              "erasures",
              "That rows were removed, when, by whom and why.",
              "dev.assay.ledger.Erasures",
              "SCHEMA"),
          of(
              "subscriptions",
              "Who was let see which table, or was not, and why.",
              "dev.assay.catalog.iceberg.IcebergDecisions",
              "SCHEMA"),
          of(
              "verdicts",
              "What classifiers said, by text and version of the model.",
              "dev.assay.messages.iceberg.IcebergAnswers",
              "SCHEMA"),
          of(
              "reviews",
              "What people decided about messages.",
              "dev.assay.messages.iceberg.IcebergReviews",
              "SCHEMA"),
          of(
              "sendings",
              "What became of messages: intents and their ends.",
              "dev.assay.sending.iceberg.SendingRows",
              "SCHEMA"),
          of(
              "evidence",
              "Stored answers by slice of a table, in a form of its own.",
              "dev.assay.rules.evidence.iceberg.IcebergEvidence",
              "SCHEMA"),
          new Table(
              "quarantine.LAYER_TABLE",
              "Rows of a table's input that were set aside. One table for each table.",
              "dev.assay.lake.iceberg.QuarantineTable",
              "SCHEMA"));

  /** Static schemas that are no table: Owner.FIELD. */
  static final Set<String> OTHERS = Set.of("dev.assay.cli.OpenDeliveries.NAME");

  private LedgerPage() {}

  private static Table of(String name, String has, String owner, String field) {
    return new Table("assay." + name, has, owner, field);
  }

  static String text() {
    StringBuilder page = new StringBuilder("# The ledger's tables\n\n").append(Markdown.MADE);
    page.append(
        """
        Iceberg tables in namespace `assay` of the profile's catalog, and the quarantines in namespace `quarantine`.
        `./assay query "SELECT …"` reads them; `./assay export` writes what may leave as Parquet and CSV ([notebooks](../notebooks.md#export)).
        Field ids are never used again for something else; columns are added and never change their meaning.
        """);
    TABLES.forEach(table -> page.append(section(table)));
    return page.toString();
  }

  private static String section(Table table) {
    Set<String> exported = exported(table.name());
    StringBuilder text = new StringBuilder("\n## " + table.name() + "\n\n" + table.has() + "\n\n");
    boolean leaves = !exported.isEmpty();
    text.append(
        Markdown.head(
            leaves ? List.of("column", "type", "", "exported") : List.of("column", "type", "")));
    for (NestedField field : table.schema().columns()) {
      String type = type(field.type()) + (field.isOptional() ? ", may be NULL" : "");
      String doc = Markdown.cell(field.doc() == null ? "" : field.doc());
      text.append(
          Markdown.row(
              leaves
                  ? List.of(
                      Markdown.code(field.name()),
                      type,
                      doc,
                      exported.contains(field.name()) ? "yes" : "no")
                  : List.of(Markdown.code(field.name()), type, doc)));
    }
    return text.toString();
  }

  /** Columns that an export has as they are. */
  private static Set<String> exported(String table) {
    return ExportedTables.ALL.stream()
        .filter(one -> table.equals("assay." + one.name()) && one.name().equals(one.source()))
        .map(ExportedTable::reads)
        .flatMap(Set::stream)
        .collect(Collectors.toSet());
  }

  private static String type(Type type) {
    return Markdown.cell(
        type.toString()
            .toLowerCase(Locale.ROOT)
            .replaceAll("\\d+: ", "")
            .replace("timestamptz", "timestamp")
            .replace("optional ", "")
            .replaceAll(" \\(.*?\\)", ""));
  }
}
