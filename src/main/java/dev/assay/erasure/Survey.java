package dev.assay.erasure;

import dev.assay.erasure.Search.Kind;
import dev.assay.lake.iceberg.LakeCatalog;
import dev.assay.lake.iceberg.QuarantineTable;
import dev.assay.lake.iceberg.Requeue;
import dev.assay.lake.iceberg.RowChoice;
import dev.assay.lake.iceberg.RowRemoval;
import dev.assay.lake.iceberg.RowRemoval.Found;
import dev.assay.messages.iceberg.VerdictTable;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.Nearest;
import dev.assay.model.TableName;
import dev.assay.pipeline.Lane;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Looks where something is kept of a person. Changes nothing. */
final class Survey {
  private static final TableName ANSWERS = new TableName("assay", "verdicts");
  private static final TableName REVIEWS = new TableName("assay", "reviews");
  private static final TableName SENDINGS = new TableName("assay", "sendings");

  private final Lane lane;
  private final LakeCatalog catalog;
  private final Person person;
  private final Wish wish;
  private final RowRemoval removal;
  private final Map<TableName, Table> published = new TreeMap<>();
  private final List<Search> searches = new ArrayList<>();
  private final List<Place> files = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  Survey(Lane lane, Person person, Wish wish) {
    this.lane = lane;
    this.catalog = lane.catalog();
    this.person = person;
    this.wish = wish;
    this.removal = new RowRemoval(lane.spark(), catalog);
    Set<TableName> known = new TreeSet<>(wish.tables());
    lane.ledger().runs().forEach(run -> known.add(run.table()));
    known.forEach(name -> catalog.find(name).ifPresent(table -> published.put(name, table)));
  }

  /**
   * Looks everywhere.
   *
   * @throws AssayException if a table or column that was named is nowhere
   */
  Survey run() {
    check();
    searchQuarantines();
    searchVerdicts();
    searchNamed();
    countOthers();
    searches.sort(Comparator.comparing(Search::kind));
    return this;
  }

  /** Tables in which rows were looked for, in the order in which they are to go. */
  List<Search> searches() {
    return List.copyOf(searches);
  }

  /** Files that stay, and hold or may hold the person. */
  List<Place> files() {
    return List.copyOf(files);
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  /** The tables that reports show something of, because the person was found. */
  Set<TableName> shown() {
    Set<TableName> shown = new TreeSet<>();
    for (Search search : searches) {
      if (!search.found().isNothing() || search.unsearchable() > 0) {
        shown.add(search.table());
        published.keySet().stream()
            .filter(table -> QuarantineTable.of(table).equals(search.table()))
            .forEach(shown::add);
      }
    }
    return shown;
  }

  private void check() {
    for (TableName named : wish.tables()) {
      if (!List.of("prepared", "semantic").contains(named.layer())) {
        throw new AssayException(
            ExitKind.USAGE,
            "--in %s: expected a table of layer prepared or semantic. Quarantines and verdicts are looked through anyway, and raw tables are never changed."
                .formatted(named));
      }
      if (!published.containsKey(named)) {
        throw new AssayException(
            ExitKind.INPUT_MISSING, "There is no table %s; nothing was removed.".formatted(named));
      }
    }
    Set<String> columns = new TreeSet<>();
    published.values().forEach(table -> columns.addAll(names(table)));
    for (String wanted : person.columns()) {
      if (!columns.isEmpty() && columns.stream().noneMatch(wanted::equalsIgnoreCase)) {
        throw new AssayException(
            ExitKind.USAGE,
            "No table has a column '%s'. %s Nothing was removed."
                .formatted(wanted, Nearest.suggestion(wanted, columns)));
      }
    }
  }

  private static List<String> names(Table table) {
    return table.schema().columns().stream().map(Types.NestedField::name).toList();
  }

  private void searchQuarantines() {
    Requeue requeue = new Requeue(catalog);
    for (TableName table : QuarantineTable.all(catalog)) {
      PersonRows rows = PersonRows.ofQuarantine(person);
      add(table, Kind.QUARANTINE, rows, sealed(table, rows), "");
      searchRequeued(table, requeue);
    }
  }

  /** Corrected records are files that somebody made, in any format: they are named. */
  private void searchRequeued(TableName table, Requeue requeue) {
    long mentioning = 0;
    long unsearchable = 0;
    List<String> names = new ArrayList<>();
    for (String file : requeue.kept(table)) {
      if (file.endsWith(".parquet") || file.endsWith(".avro")) {
        unsearchable++;
        names.add(file);
      } else if (person.inText(requeue.text(table, file))) {
        mentioning++;
        names.add(file);
      }
    }
    if (!names.isEmpty()) {
      files.add(
          new Place(
              table + ", requeued files",
              mentioning,
              0,
              mentioning,
              unsearchable,
              Set.of(),
              "take back with 'assay requeue RUN --remove --file NAME', or correct: "
                  + String.join(", ", names),
              true));
    }
  }

  private void searchVerdicts() {
    Messages messages = new Messages();
    Map<TableName, Optional<PersonRows>> verdicts = new LinkedHashMap<>();
    published.forEach(
        (name, table) -> {
          if (new VerdictTable(table).fits()) {
            verdicts.put(name, PersonRows.inAnyColumn(person, table.schema()));
          }
        });
    verdicts.forEach(
        (name, choice) -> {
          if (choice.isEmpty()) {
            notes.add(
                "%s was not looked through: it has no column %s. If the person's messages are known by their keys, name those: %s=…"
                    .formatted(
                        name,
                        String.join(" or ", person.columns()),
                        names(published(name)).get(0)));
            return;
          }
          add(name, Kind.PUBLISHED, choice.get(), sealed(name, choice.get()), "");
          removal.everyRow(
              name,
              rows -> messages.add(name, published(name).schema(), choice.get().chosen(rows)));
        });
    verdicts.forEach(
        (name, choice) ->
            messages.dropThoseOf(
                choice.map(rows -> rows.others(rows(name))).orElseGet(() -> rows(name))));
    searchSendings(messages);
    if (!messages.hashes().isEmpty()) {
      for (TableName table : List.of(ANSWERS, REVIEWS)) {
        addIfThere(table, Kind.TEXTS, HashRows.of(messages.hashes()), "");
      }
    }
  }

  private Table published(TableName name) {
    return Objects.requireNonNull(published.get(name));
  }

  private void searchSendings(Messages messages) {
    addIfThere(
        SENDINGS,
        Kind.SENDINGS,
        messages.sendings(),
        wish.sendings() ? "" : "kept as proof of sending; they go with --sendings");
  }

  private void addIfThere(TableName table, Kind kind, RowChoice choice, String note) {
    if (catalog.find(table).isPresent()) {
      add(table, kind, choice, 0, note);
    }
  }

  private void searchNamed() {
    for (TableName name : wish.tables()) {
      if (searches.stream().anyMatch(search -> search.table().equals(name))) {
        continue;
      }
      PersonRows rows =
          PersonRows.inAnyColumn(person, published(name).schema())
              .orElseThrow(
                  () ->
                      new AssayException(
                          ExitKind.USAGE,
                          "--in %s: it has no column %s. %s Nothing was removed."
                              .formatted(
                                  name,
                                  String.join(" or ", person.columns()),
                                  Nearest.suggestion(
                                      String.join(" ", person.columns()),
                                      names(published(name))))));
      add(name, Kind.PUBLISHED, rows, sealed(name, rows), "");
    }
  }

  /** Tables that nobody named keep their rows; who asks should know that they are there. */
  private void countOthers() {
    published.forEach(
        (name, table) -> {
          boolean searched = searches.stream().anyMatch(search -> search.table().equals(name));
          if (!searched) {
            PersonRows.inNamedColumns(person, table.schema())
                .ifPresent(
                    rows -> {
                      long count = rows.chosen(rows(name)).count();
                      if (count > 0) {
                        searches.add(
                            new Search(
                                name,
                                Kind.PUBLISHED,
                                rows,
                                new Found(count, 0, Set.of()),
                                0,
                                "they go with --in " + name));
                      }
                    });
          }
        });
  }

  private void add(TableName table, Kind kind, RowChoice choice, long sealed, String note) {
    searches.add(new Search(table, kind, choice, removal.find(table, choice), sealed, note));
  }

  private long sealed(TableName table, PersonRows rows) {
    return rows.sealed(rows(table)).count();
  }

  private Dataset<Row> rows(TableName table) {
    return lane.spark().table(catalog.sparkName(table));
  }
}
