package dev.assay.rules.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.iceberg.Snapshot;

/** One commit, with a number that makes it different from others of its kind. */
record TableChange(Kind kind, int seed) {
  void apply(LiveTable table) {
    kind.apply(table, seed);
  }

  enum Kind {
    APPEND,
    APPEND_HOSTILE,
    APPEND_NULLS,
    APPEND_DUPLICATES,
    DELETE_ROWS,
    DELETE_ALL_OF_A_KEY,
    UPDATE,
    DELETE_BY_ID,
    DELETE_BY_VALUES,
    UPSERT,
    DELETION_VECTORS,
    COPY_ON_WRITE,
    MERGE_ON_READ,
    COMPACT,
    ADD_COLUMN,
    RENAME,
    RENAME_BACK,
    DROP_AND_ADD,
    WIDEN,
    REORDER,
    PARTITION,
    OVERWRITE_PARTITION,
    ROLLBACK,
    BRANCH;

    void apply(LiveTable table, int seed) {
      switch (this) {
        case APPEND -> append(table, seed, "id", "CAST(id % 9 AS INT)", "id * 1.25D");
        case APPEND_HOSTILE ->
            append(
                table,
                seed,
                "id * 1000003",
                "CAST(id % 5 AS INT)",
                "CASE id %% 4 WHEN 0 THEN 1e15 + id WHEN 1 THEN -1e15 WHEN 2 THEN -0.0D ELSE %s END"
                    .formatted(
                        seed % 3 == 0
                            ? "double('NaN')"
                            : seed % 3 == 1 ? "1e15" : "double('Infinity')"));
        case APPEND_NULLS ->
            append(
                table,
                seed,
                "IF(id % 3 = 0, NULL, id)",
                "CAST(NULL AS INT)",
                "CAST(NULL AS DOUBLE)");
        case APPEND_DUPLICATES -> append(table, seed % 2, "id % 20", "CAST(id % 3 AS INT)", "1D");
        case DELETE_ROWS -> table.sql("DELETE FROM %s WHERE id %% 7 = %d", seed % 7);
        case DELETE_ALL_OF_A_KEY -> table.sql("DELETE FROM %s WHERE id >= %d", seed * 100 % 500);
        case UPDATE ->
            table.sql(
                "UPDATE %s SET v = v + 1, TEXT = 'updated' WHERE id %% 11 = %d"
                    .replace("TEXT", text(table)),
                seed % 11);
        case DELETE_BY_ID ->
            EqualityDeletes.everywhere(
                table.iceberg(),
                LongStream.range(0, 30)
                    .mapToObj(row -> Map.<String, Object>of("id", seed * 50L + row))
                    .toList());
        case DELETE_BY_VALUES -> EqualityDeletes.byPartition(table.iceberg(), keys(table, seed));
        case UPSERT ->
            EqualityDeletes.upsert(
                table.iceberg(), LongStream.range(seed * 100 + 50, seed * 100 + 70));
        case DELETION_VECTORS -> {
          table.sql("ALTER TABLE %s SET TBLPROPERTIES ('format-version'='3')");
          mode(table, "merge-on-read");
          table.sql("DELETE FROM %s WHERE id %% 5 = %d", seed % 5);
        }
        case COPY_ON_WRITE -> mode(table, "copy-on-write");
        case MERGE_ON_READ -> mode(table, "merge-on-read");
        case COMPACT ->
            table.sql(
                "CALL "
                    + table.catalogName()
                    + ".system.rewrite_data_files(table => 'prepared.live', options => map('rewrite-all','true'))");
        case ADD_COLUMN -> table.sql("ALTER TABLE %s ADD COLUMN extra_%d INT", System.nanoTime());
        case RENAME -> alter(table, "RENAME COLUMN s TO t");
        case RENAME_BACK -> alter(table, "RENAME COLUMN t TO s");
        case DROP_AND_ADD -> {
          alter(table, "DROP COLUMN f");
          alter(table, "ADD COLUMN f FLOAT");
        }
        case WIDEN -> alter(table, "ALTER COLUMN k TYPE BIGINT");
        case REORDER -> alter(table, "ALTER COLUMN v FIRST");
        case PARTITION -> alter(table, "ADD PARTITION FIELD bucket(2, day)");
        case OVERWRITE_PARTITION ->
            table.sql("DELETE FROM %s WHERE day = DATE'2026-11-%02d'", 1 + seed % 5);
        case ROLLBACK -> rollback(table, seed);
        case BRANCH -> {
          table.sql("ALTER TABLE %s CREATE OR REPLACE BRANCH side");
          table.sql("DELETE FROM %s.branch_side WHERE k = 1");
          table.sql(
              "CALL "
                  + table.catalogName()
                  + ".system.fast_forward('prepared.live', 'main', 'side')");
        }
      }
    }

    private static void append(LiveTable table, int seed, String id, String k, String v) {
      String text = text(table);
      List<String> added =
          columns(table).stream().filter(name -> name.startsWith("extra_")).toList();
      String statement =
          """
          INSERT INTO %s (id, k, v, d, w, TEXT, ts, day, fADDED)
          SELECT ID, K, V, CAST(id %% 300 AS DECIMAL(12,2)) / 2, CAST(id AS DECIMAL(38,4)) * 100000000000000,
            CASE WHEN id %% 13 = 0 THEN NULL WHEN id %% 17 = 0 THEN '' WHEN id %% 19 = 0 THEN '𝄞é' ELSE concat('a', id) END,
            timestampadd(DAY, -CAST(id %% 35 AS INT), TIMESTAMP'2026-11-21 09:00:00Z'),
            date_add(DATE'2026-11-01', CAST(id %% 5 AS INT)), CAST(id %% 3 AS FLOAT) / 10NULLS
          FROM range(FROM, TO, 1, 2)"""
              .replace("TEXT", text)
              .replace("ADDED", added.isEmpty() ? "" : ", " + String.join(", ", added))
              .replace("NULLS", ", NULL".repeat(added.size()))
              .replace("ID,", id.replace("%", "%%") + ",")
              .replace(" K,", " " + k.replace("%", "%%") + ",")
              .replace(" V,", " " + v.replace("%", "%%") + ",")
              .replace("FROM, TO", seed * 100 + ", " + (seed * 100 + 60));
      table.sql(statement);
    }

    /** A key of two columns, one of them NULL. */
    private static List<Map<String, Object>> keys(LiveTable table, int seed) {
      String text = text(table);
      Map<String, Object> nothing = new HashMap<>();
      nothing.put("k", null);
      nothing.put(text, (long) seed * 100 + 1);
      return List.of(
          nothing,
          Map.of("k", (long) seed, text, (long) seed * 100 + seed),
          Map.of("k", 1L, text, 101L));
    }

    private static String text(LiveTable table) {
      return columns(table).contains("s") ? "s" : "t";
    }

    private static List<String> columns(LiveTable table) {
      return table.iceberg().schema().columns().stream().map(field -> field.name()).toList();
    }

    /** What cannot be done now, for example renaming a column twice, is not done. */
    private static void alter(LiveTable table, String change) {
      try {
        table.sql("ALTER TABLE %s " + change);
      } catch (Exception e) {
        assertThat(e).isNotNull();
      }
    }

    private static void mode(LiveTable table, String mode) {
      table.sql(
          "ALTER TABLE %s SET TBLPROPERTIES ('write.delete.mode'='"
              + mode
              + "', 'write.update.mode'='"
              + mode
              + "')");
    }

    private static void rollback(LiveTable table, int seed) {
      List<Snapshot> ancestors = new ArrayList<>();
      table
          .iceberg()
          .history()
          .forEach(entry -> ancestors.add(table.iceberg().snapshot(entry.snapshotId())));
      Snapshot chosen = ancestors.get(seed % ancestors.size());
      table.iceberg().manageSnapshots().setCurrentSnapshot(chosen.snapshotId()).commit();
    }
  }
}
