package dev.assay.lake.iceberg;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.AssayException;
import dev.assay.model.MergeCounts;
import dev.assay.model.TableName;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MergeCheckTest {
  private static final TableName CARS = new TableName("prepared", "cars");
  private static final Schema SCHEMA =
      new Schema(Types.NestedField.required(1, "id", Types.IntegerType.get()));

  private Table table;

  @BeforeEach
  void aTableOfTenRows() {
    InMemoryCatalog catalog = new InMemoryCatalog();
    catalog.initialize("lake", Map.of());
    catalog.createNamespace(Namespace.of("prepared"));
    table = catalog.createTable(TableIdentifier.of("prepared", "cars"), SCHEMA);
    table.newAppend().appendFile(file("a", 10)).commit();
  }

  @Test
  void whatWasCountedIsWhatTheTableGrewBy() {
    Snapshot before = table.currentSnapshot();
    table.newOverwrite().deleteFile(file("a", 10)).addFile(file("b", 11)).commit();
    Snapshot after = table.currentSnapshot();

    MergeCheck.require(CARS, new MergeCounts(3, 5, 2, 1), after, id(before));
    assertThatThrownBy(
            () -> MergeCheck.require(CARS, new MergeCounts(3, 5, 3, 0), after, id(before)))
        .isInstanceOf(AssayException.class)
        .hasMessageContaining("insert 3 and delete 3 rows, and the table grew by 1");
  }

  @Test
  void aMergeThatWroteNothingInsertsAndDeletesNothing() {
    Snapshot before = table.currentSnapshot();

    MergeCheck.require(CARS, new MergeCounts(0, 0, 0, 7), before, id(before));
    assertThatThrownBy(
            () -> MergeCheck.require(CARS, new MergeCounts(1, 0, 0, 7), before, id(before)))
        .hasMessageContaining("grew by 0");
  }

  private static Optional<Long> id(Snapshot snapshot) {
    return Optional.of(snapshot.snapshotId());
  }

  private static DataFile file(String name, long rows) {
    return DataFiles.builder(PartitionSpec.unpartitioned())
        .withPath("memory:/" + name + ".parquet")
        .withFileSizeInBytes(100)
        .withRecordCount(rows)
        .build();
  }
}
