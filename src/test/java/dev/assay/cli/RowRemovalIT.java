package dev.assay.cli;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.assay.lake.iceberg.Branches;
import dev.assay.lake.iceberg.RowChoice;
import dev.assay.lake.iceberg.RowRemoval;
import dev.assay.lake.iceberg.RowRemoval.Found;
import dev.assay.model.AssayException;
import dev.assay.model.Fingerprint;
import dev.assay.model.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that were removed are in no file of the table. */
@Tag("long")
class RowRemovalIT {
  private static final TableName TABLE = TableName.parse("prepared.people");
  private static final String SECRET = "sEcReT";
  private static final RowChoice CHOICE = RowChoice.where(col("name").startsWith(SECRET));

  @TempDir private Path root;
  private TestProject project;
  private RowRemoval removal;

  @BeforeEach
  void opensAWarehouse() {
    project = new TestProject(root);
    removal = new RowRemoval(project.spark(), project.catalog());
    sql("CREATE NAMESPACE lake.prepared");
  }

  @Test
  void theyGoFromOlderSnapshotsAndFromFilesInWhichTheyAreOnlyMarked() {
    sql(
        "CREATE TABLE lake.prepared.people (id INT, name STRING) USING iceberg TBLPROPERTIES ('write.delete.mode'='merge-on-read', 'format-version'='2')");
    sql(
        "INSERT INTO lake.prepared.people SELECT /*+ COALESCE(1) */ * FROM VALUES (1, 'a'), (2, 'sEcReT-2')");
    long without = newest();
    sql(
        "INSERT INTO lake.prepared.people SELECT /*+ COALESCE(1) */ * FROM VALUES (3, 'sEcReT-3'), (4, 'd'), (5, 'e')");
    sql("ALTER TABLE lake.prepared.people CREATE TAG audit");
    sql("DELETE FROM lake.prepared.people WHERE id IN (3, 5)");
    sql("ALTER TABLE lake.prepared.people CREATE BRANCH trial");
    assertThat(newest()).isNotEqualTo(without);

    Found found = removal.find(TABLE, CHOICE);
    Found removed = removal.remove(TABLE, CHOICE);

    assertThat(found.rows() + found.older()).isEqualTo(2);
    assertThat(found.refs()).containsExactly("audit", "trial");
    assertThat(removed).isEqualTo(found);
    assertThat(lines()).containsExactly("1|a", "4|d");
    assertThat(table().refs()).containsOnlyKeys("main");
    assertNothingIsLeft();
    assertThat(removal.remove(TABLE, CHOICE)).isEqualTo(Found.NOTHING);
  }

  @Test
  void aSnapshotWithoutSuchRowsKeepsItsTag() {
    sql("CREATE TABLE lake.prepared.people (id INT, name STRING) USING iceberg");
    sql("INSERT INTO lake.prepared.people VALUES (1, 'a')");
    sql("ALTER TABLE lake.prepared.people CREATE TAG before");
    sql("INSERT INTO lake.prepared.people VALUES (2, 'sEcReT')");
    sql("ALTER TABLE lake.prepared.people CREATE TAG with");

    Found removed = removal.remove(TABLE, CHOICE);

    assertThat(removed.refs()).containsExactly("with");
    assertThat(project.lines("SELECT * FROM lake.prepared.people VERSION AS OF 'before'"))
        .containsExactly("1|a");
    assertThat(lines()).containsExactly("1|a");
    assertNothingIsLeft();
  }

  @Test
  void rowsOfOlderSnapshotsGoAlthoughTheTableHasThemNoMore() {
    sql("CREATE TABLE lake.prepared.people (id INT, name STRING) USING iceberg");
    sql("INSERT INTO lake.prepared.people VALUES (1, 'sEcReT')");
    sql("INSERT OVERWRITE lake.prepared.people VALUES (2, 'b')");

    Found removed = removal.remove(TABLE, CHOICE);

    assertThat(removed).isEqualTo(new Found(0, 1, java.util.Set.of()));
    assertThat(lines()).containsExactly("2|b");
    assertNothingIsLeft();
  }

  @Test
  void foldersCalledByAValueGoWithIt() {
    sql(
        "CREATE TABLE lake.prepared.people (id INT, name STRING) USING iceberg PARTITIONED BY (name)");
    sql("INSERT INTO lake.prepared.people VALUES (1, 'sEcReT'), (2, 'b'), (3, 'c')");

    removal.remove(TABLE, CHOICE);

    assertThat(lines()).containsExactly("2|b", "3|c");
    assertNothingIsLeft();
  }

  @Test
  void allRowsMayGo() {
    sql("CREATE TABLE lake.prepared.people (id INT, name STRING) USING iceberg");
    sql("INSERT INTO lake.prepared.people VALUES (1, 'sEcReT')");

    assertThat(removal.remove(TABLE, CHOICE).rows()).isEqualTo(1);

    assertThat(lines()).isEmpty();
    assertNothingIsLeft();
  }

  @Test
  void whatAKilledCallLeftIsDeletedByTheNext() {
    sql("CREATE TABLE lake.prepared.people (id INT, name STRING) USING iceberg");
    sql("INSERT INTO lake.prepared.people VALUES (1, 'sEcReT')");
    long gone = newest();
    sql("INSERT OVERWRITE lake.prepared.people VALUES (2, 'b')");
    table().rewriteManifests().clusterBy(file -> 1).commit();
    // as if it had been killed between taking the snapshots out and deleting their files
    Table table = table();
    ExpireSnapshots expire = table.expireSnapshots().expireOlderThan(0).cleanExpiredFiles(false);
    for (Snapshot snapshot : table.snapshots()) {
      if (snapshot.snapshotId() != table.currentSnapshot().snapshotId()) {
        expire.expireSnapshotId(snapshot.snapshotId());
      }
    }
    expire.commit();
    assertThat(table().snapshot(gone)).isNull();
    assertThat(search()).isNotEmpty();

    assertThat(removal.remove(TABLE, CHOICE)).isEqualTo(Found.NOTHING);

    assertNothingIsLeft();
    assertThat(lines()).containsExactly("2|b");
  }

  @Test
  void aTableThatKeepsItsFilesIsSaidSo() {
    sql(
        "CREATE TABLE lake.prepared.people (id INT, name STRING) USING iceberg TBLPROPERTIES ('gc.enabled'='false')");
    sql("INSERT INTO lake.prepared.people VALUES (1, 'sEcReT')");

    assertThatThrownBy(() -> removal.remove(TABLE, CHOICE))
        .isInstanceOf(AssayException.class)
        .hasMessageStartingWith("prepared.people: its property gc.enabled is false");
    assertThat(lines()).hasSize(1);
  }

  @Test
  void howFarAJobHasReadStaysInTheHistory() {
    sql("CREATE TABLE lake.prepared.people (id INT, name STRING) USING iceberg");
    label("run-1", "first", "raw.log", 41);
    label("run-2", "second", "raw.visits", 42);
    sql("INSERT INTO lake.prepared.people VALUES (1, 'sEcReT')");
    label("run-3", "second", "raw.visits", 43);
    Branches branches = new Branches(project.catalog());

    removal.remove(TABLE, CHOICE);
    sql("INSERT INTO lake.prepared.people VALUES (2, 'sEcReT')");
    removal.remove(TABLE, CHOICE);

    assertThat(branches.published(TABLE))
        .extracting(published -> published.label().job(), published -> published.label().reads())
        .containsExactly(tuple("second", Map.of("raw.log", 41L, "raw.visits", 43L)));
    assertThat(branches.published(TABLE))
        .extracting(published -> published.label().runId())
        .containsExactly("after-run-3");
    assertNothingIsLeft();
  }

  private void label(String run, String job, String table, long read) {
    AppendFiles append = table().newFastAppend();
    Map.of(
            "run-id",
            run,
            "job",
            job,
            "data-date",
            "2026-11-18",
            "identity",
            Fingerprint.of("i").hex(),
            "content",
            Fingerprint.of("c").hex(),
            "ruleset",
            Fingerprint.of("r").hex(),
            "read." + table,
            Long.toString(read))
        .forEach((key, value) -> append.set("assay." + key, value));
    append.commit();
  }

  @Test
  void whereThereIsNoTableThereIsNothing() {
    assertThat(removal.find(TABLE, CHOICE)).isEqualTo(Found.NOTHING);
    assertThat(removal.remove(TABLE, CHOICE)).isEqualTo(Found.NOTHING);
  }

  private void assertNothingIsLeft() {
    assertThat(search()).isEmpty();
    try (Stream<Path> folders = Files.walk(root.resolve("home/warehouse"))) {
      assertThat(folders.map(Path::toString)).noneMatch(folder -> folder.contains(SECRET));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> search() {
    ByteSearch.Found found = new ByteSearch(List.of(SECRET)).in(root.resolve("home/warehouse"));
    assertThat(found.files()).isPositive();
    return found.findings();
  }

  private List<String> lines() {
    return project.lines("SELECT * FROM lake.prepared.people ORDER BY id");
  }

  private Table table() {
    return project.catalog().find(TABLE).orElseThrow();
  }

  private long newest() {
    return table().currentSnapshot().snapshotId();
  }

  private void sql(String statement) {
    project.sql(statement);
  }
}
