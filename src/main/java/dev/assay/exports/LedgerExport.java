package dev.assay.exports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.jspecify.annotations.Nullable;

/**
 * Writes tables of the ledger to files of a folder. A table is read at one snapshot and month by
 * month, so that memory holds one month of it. A file is there whole or not at all; one of an
 * earlier export is replaced at once. The same ledger gives the same files.
 */
public final class LedgerExport {
  private static final String NAMESPACE = "assay";

  private final Catalog catalog;
  private final Path folder;
  private final Set<Format> formats;

  public LedgerExport(Catalog catalog, Path folder, Set<Format> formats) {
    this.catalog = catalog;
    this.folder = folder;
    this.formats = new TreeSet<>(formats);
  }

  /**
   * What was written of a table.
   *
   * @param files none if the ledger does not have the table yet
   */
  public record Written(String table, long rows, List<Path> files) {
    public Written {
      files = List.copyOf(files);
    }
  }

  /**
   * Writes a table.
   *
   * @throws UncheckedIOException if the ledger cannot be read
   * @throws IOException if the files cannot be written; then those of an earlier export stand as
   *     they were, except that one of two formats may be replaced already
   */
  public Written write(ExportedTable exported) throws IOException {
    Table table = load(exported.source());
    Snapshot snapshot = table == null ? null : table.currentSnapshot();
    if (table == null || snapshot == null) {
      return new Written(exported.name(), 0, List.of());
    }
    Files.createDirectories(folder);
    Schema schema = exported.schema(table.schema());
    Map<Format, Path> halves = new LinkedHashMap<>();
    formats.forEach(format -> halves.put(format, half(format, exported.name())));
    try {
      long rows = fill(halves, schema, new Reading(table, snapshot.snapshotId(), exported));
      List<Path> files = new ArrayList<>();
      for (Map.Entry<Format, Path> half : halves.entrySet()) {
        Path file = folder.resolve(half.getKey().fileName(exported.name()));
        Files.move(
            half.getValue(),
            file,
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
        files.add(file);
      }
      return new Written(exported.name(), rows, files);
    } finally {
      for (Path half : halves.values()) {
        Files.deleteIfExists(half);
      }
    }
  }

  private Path half(Format format, String table) {
    return folder.resolve("." + format.fileName(table) + "." + UUID.randomUUID() + ".part");
  }

  private static long fill(Map<Format, Path> halves, Schema schema, Reading reading)
      throws IOException {
    List<TableFile> files = new ArrayList<>();
    long rows = 0;
    try {
      for (Map.Entry<Format, Path> half : halves.entrySet()) {
        files.add(half.getKey().create(half.getValue(), schema));
      }
      for (YearMonth month : reading.months()) {
        for (Record row : reading.exported().rows(reading.of(month), schema)) {
          for (TableFile file : files) {
            file.add(row);
          }
          rows++;
        }
      }
    } finally {
      for (TableFile file : files) {
        file.close();
      }
    }
    return rows;
  }

  private @Nullable Table load(String name) {
    try {
      return catalog.loadTable(TableIdentifier.of(NAMESPACE, name));
    } catch (NoSuchTableException e) {
      return null;
    }
  }

  /** A table of the ledger at one snapshot. */
  private record Reading(Table table, long snapshot, ExportedTable exported) {
    TreeSet<YearMonth> months() {
      TreeSet<YearMonth> months = new TreeSet<>();
      try (CloseableIterable<Record> rows =
          IcebergGenerics.read(table).useSnapshot(snapshot).select(exported.time()).build()) {
        rows.forEach(row -> months.add(month(row)));
      } catch (IOException e) {
        throw unreadable(e);
      }
      return months;
    }

    private YearMonth month(Record row) {
      OffsetDateTime at = (OffsetDateTime) row.getField(exported.time());
      return YearMonth.from(at.withOffsetSameInstant(ZoneOffset.UTC));
    }

    List<Record> of(YearMonth month) {
      Set<String> columns = new TreeSet<>(exported.reads());
      columns.add(exported.time());
      Expression within =
          Expressions.and(
              Expressions.greaterThanOrEqual(exported.time(), start(month)),
              Expressions.lessThan(exported.time(), start(month.plusMonths(1))));
      List<Record> found = new ArrayList<>();
      try (CloseableIterable<Record> rows =
          IcebergGenerics.read(table)
              .useSnapshot(snapshot)
              .where(within)
              .select(columns.toArray(String[]::new))
              .build()) {
        rows.forEach(found::add);
      } catch (IOException e) {
        throw unreadable(e);
      }
      return found;
    }

    private static String start(YearMonth month) {
      return month.atDay(1).atStartOfDay().atOffset(ZoneOffset.UTC).toInstant().toString();
    }

    private UncheckedIOException unreadable(IOException e) {
      return new UncheckedIOException("cannot read ledger table " + exported.source(), e);
    }
  }
}
