package dev.assay.rules.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.encryption.EncryptedFiles;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.StructLikeWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Commits as a stream writer makes them: rows are deleted by naming the values of some of their
 * columns. Spark does not write such deletes, but has to read them.
 */
final class EqualityDeletes {
  private EqualityDeletes() {}

  /** Deletes rows with these values in the whole table, in one commit. */
  static void everywhere(Table table, List<Map<String, Object>> values) {
    RowDelta delta = table.newRowDelta();
    delta.addDeletes(write(table, unpartitioned(table), null, values));
    delta.commit();
  }

  /** The same, with a delete file for each partition that has data, of whatever spec. */
  static void byPartition(Table table, List<Map<String, Object>> values) {
    Map<Integer, Map<StructLikeWrapper, StructLike>> partitions = partitions(table);
    if (partitions.isEmpty()) {
      return;
    }
    RowDelta delta = table.newRowDelta();
    partitions.forEach(
        (spec, found) ->
            found
                .values()
                .forEach(
                    partition ->
                        delta.addDeletes(
                            write(table, table.specs().get(spec), partition, values))));
    delta.commit();
  }

  /** Replaces rows by new ones of the same id: deletes and a data file in one commit. */
  static void upsert(Table table, LongStream ids) {
    List<Long> chosen = ids.boxed().toList();
    RowDelta delta = table.newRowDelta();
    delta.addDeletes(
        write(
            table,
            unpartitioned(table),
            null,
            chosen.stream().map(id -> Map.<String, Object>of("id", id)).toList()));
    delta.addRows(data(table, chosen));
    delta.commit();
  }

  private static Map<Integer, Map<StructLikeWrapper, StructLike>> partitions(Table table) {
    Map<Integer, Map<StructLikeWrapper, StructLike>> partitions = new HashMap<>();
    try (CloseableIterable<FileScanTask> files = table.newScan().planFiles()) {
      for (FileScanTask task : files) {
        StructLike partition = task.file().partition();
        partitions
            .computeIfAbsent(task.spec().specId(), spec -> new HashMap<>())
            .put(StructLikeWrapper.forType(task.spec().partitionType()).set(partition), partition);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return partitions;
  }

  private static PartitionSpec unpartitioned(Table table) {
    return table.specs().values().stream()
        .filter(PartitionSpec::isUnpartitioned)
        .findFirst()
        .orElseThrow();
  }

  private static DeleteFile write(
      Table table,
      PartitionSpec spec,
      @Nullable StructLike partition,
      List<Map<String, Object>> values) {
    Schema columns = table.schema().select(values.get(0).keySet());
    int[] ids = columns.columns().stream().mapToInt(Types.NestedField::fieldId).toArray();
    EqualityDeleteWriter<Record> writer =
        new GenericAppenderFactory(table.schema(), spec, ids, columns, null)
            .newEqDeleteWriter(file(table), FileFormat.PARQUET, partition);
    try (writer) {
      for (Map<String, Object> row : values) {
        GenericRecord record = GenericRecord.create(columns);
        row.forEach((name, value) -> record.setField(name, typed(columns.findField(name), value)));
        writer.write(record);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return writer.toDeleteFile();
  }

  private static DataFile data(Table table, List<Long> ids) {
    DataWriter<Record> writer =
        new GenericAppenderFactory(table.schema(), unpartitioned(table))
            .newDataWriter(file(table), FileFormat.PARQUET, null);
    try (writer) {
      for (long id : ids) {
        GenericRecord record = GenericRecord.create(table.schema());
        table
            .schema()
            .columns()
            .forEach(field -> record.setField(field.name(), typed(field, value(field, id))));
        writer.write(record);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return writer.toDataFile();
  }

  private static @Nullable Object value(Types.NestedField field, long id) {
    return field.name().equals("id") ? Long.valueOf(id) : id % 4 == 0 ? null : Long.valueOf(id % 9);
  }

  private static @Nullable Object typed(Types.NestedField field, @Nullable Object value) {
    if (!(value instanceof Long number)) {
      return value;
    }
    return switch (field.type().typeId()) {
      case INTEGER -> number.intValue();
      case FLOAT -> number.floatValue() / 4;
      case DOUBLE -> number.doubleValue() / 4;
      case DECIMAL ->
          BigDecimal.valueOf(number).setScale(((Types.DecimalType) field.type()).scale());
      case STRING -> "a" + number;
      case DATE -> LocalDate.of(2026, 11, 1).plusDays(number);
      case TIMESTAMP -> Instant.parse("2026-11-20T09:00:00Z").atOffset(ZoneOffset.UTC);
      default -> number;
    };
  }

  private static EncryptedOutputFile file(Table table) {
    return EncryptedFiles.plainAsEncryptedOutput(
        table
            .io()
            .newOutputFile(
                table.locationProvider().newDataLocation(UUID.randomUUID() + ".parquet")));
  }
}
