package dev.assay.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.assay.lake.iceberg.QuarantineTable;
import dev.assay.lake.iceberg.RowChoice;
import dev.assay.lake.iceberg.RowRemoval;
import dev.assay.lake.iceberg.RowRemoval.Found;
import dev.assay.ledger.Erasures;
import dev.assay.model.Nearest;
import dev.assay.model.TableName;
import dev.assay.model.job.Retention;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.spark.sql.Column;

/** Removes rows that are older than the profile lets them be. */
final class RetentionUpkeep {
  private static final TableName VERDICTS = new TableName("assay", "verdicts");
  private static final TableName SENDINGS = new TableName("assay", "sendings");

  private final Lane lane;
  private final Retention retention;
  private final RowRemoval removal;

  RetentionUpkeep(Lane lane) {
    this.lane = lane;
    this.retention = lane.profile().retention();
    this.removal = new RowRemoval(lane.spark(), lane.catalog());
  }

  /**
   * Removes them from every table that has a retention.
   *
   * @return what was done, a sentence for each table
   */
  List<String> run(Instant now) {
    List<String> done = new ArrayList<>();
    Set<TableName> tables = new TreeSet<>(QuarantineTable.all(lane.catalog()));
    for (TableName named : retention.tables().keySet()) {
      if (lane.catalog().find(named).isPresent()) {
        tables.add(named);
      } else if (named.layer().equals(QuarantineTable.NAMESPACE)) {
        done.add(missing(named, tables));
      }
    }
    for (TableName table : tables) {
      retention.of(table).ifPresent(age -> shorten(table, age, now, done));
    }
    return done;
  }

  private void shorten(TableName table, Duration age, Instant now, List<String> done) {
    Found removed = removal.remove(table, olderThan(table, now.minus(age)));
    if (removed.isNothing()) {
      return;
    }
    done.add(sentence(table, age, removed));
    new Erasures(lane.catalog().iceberg())
        .add(
            List.of(
                new Erasures.Line(
                    UUID.randomUUID().toString(),
                    now,
                    "retention",
                    true,
                    "maintain",
                    "older than %d days".formatted(age.toDays()),
                    table.toString(),
                    removed.rows(),
                    removed.older(),
                    0,
                    0,
                    List.copyOf(removed.refs()))));
  }

  private RowChoice olderThan(TableName table, Instant before) {
    Column older = col(timeOf(table)).lt(lit(Timestamp.from(before)));
    return table.equals(SENDINGS)
        ? new EndedSendings(lane.spark(), lane.catalog(), older)
        : RowChoice.where(older);
  }

  private static String timeOf(TableName table) {
    if (table.layer().equals(QuarantineTable.NAMESPACE)) {
      return "quarantined_at";
    }
    return table.equals(VERDICTS) ? "answered_at" : "at";
  }

  private static String sentence(TableName table, Duration age, Found removed) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s: removed %,d rows older than %d days".formatted(table, removed.rows(), age.toDays()));
    if (removed.older() > 0) {
      text.append(", and %,d copies in older snapshots".formatted(removed.older()));
    }
    if (!removed.refs().isEmpty()) {
      text.append("; gave up ").append(String.join(", ", removed.refs()));
    }
    return text.toString();
  }

  private static String missing(TableName named, Set<TableName> tables) {
    List<String> known = tables.stream().map(TableName::toString).toList();
    String found = "%s: there is no such table to keep for a time".formatted(named);
    return known.isEmpty()
        ? found + "."
        : "%s. %s".formatted(found, Nearest.suggestion(named.toString(), known));
  }
}
