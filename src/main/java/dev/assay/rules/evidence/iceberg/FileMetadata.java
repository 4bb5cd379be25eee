package dev.assay.rules.evidence.iceberg;

import dev.assay.rules.evidence.ColumnMetadata;
import dev.assay.rules.evidence.Slice;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of a data file that can be believed.
 *
 * <p>Those of files that were written elsewhere and only added to the table are not: Iceberg takes
 * them from the file's footer as they are, where milliseconds are not turned into its microseconds
 * (apache/iceberg#18173), and a column that some row groups have no count of NULLs for gets that of
 * the others (apache/iceberg#17558). Such files are known by what Iceberg's own writers always note
 * of theirs, the offsets of row groups; and no file of a table with a mapping of names is believed,
 * for that is how files without Iceberg's column ids are read, whoever added them.
 *
 * <p>Null counts of files whose Parquet statistics are missing are wrong too; such files have no
 * bounds either, so a null count counts only beside bounds, or where it says that everything is
 * NULL.
 */
final class FileMetadata implements Slice.Metadata {
  private final DataFile file;
  private final SchemaFields fields;

  private final boolean believed;

  /**
   * @param namesMapped whether the table has a mapping of names
   */
  FileMetadata(DataFile file, SchemaFields fields, boolean namesMapped) {
    this.file = file;
    this.fields = fields;
    this.believed = !namesMapped && file.splitOffsets() != null;
  }

  @Override
  public Optional<ColumnMetadata> of(String column) {
    if (!believed) {
      return Optional.empty();
    }
    return fields.named(column).filter(this::counted).flatMap(this::of);
  }

  /**
   * Parquet counts a leaf in every row, and as NULL also where a struct around it is. Other formats
   * do not say what they count inside structs, so their fields are read.
   */
  private boolean counted(Types.NestedField field) {
    return fields.isColumn(field) || file.format() == FileFormat.PARQUET;
  }

  private Optional<ColumnMetadata> of(Types.NestedField field) {
    Long values = number(file.valueCounts(), field);
    Long nulls = number(file.nullValueCounts(), field);
    if (values == null || nulls == null || values != file.recordCount() || nulls > values) {
      return Optional.empty();
    }
    if (nulls.longValue() == values.longValue()) {
      return Optional.of(new ColumnMetadata(0, Optional.empty()));
    }
    if (bound(file.lowerBounds(), field) == null || bound(file.upperBounds(), field) == null) {
      return Optional.empty();
    }
    return Optional.of(new ColumnMetadata(values - nulls, bounds(field)));
  }

  private Optional<ColumnMetadata.Bounds> bounds(Types.NestedField field) {
    boolean floating =
        field.type().typeId() == Type.TypeID.FLOAT || field.type().typeId() == Type.TypeID.DOUBLE;
    if (floating) {
      Long nans = number(file.nanValueCounts(), field);
      if (nans == null || nans > 0) {
        return Optional.empty();
      }
    }
    if (file.format() == FileFormat.ORC && field.type().typeId() == Type.TypeID.TIMESTAMP) {
      // ORC keeps milliseconds, so Iceberg makes the upper bound greater than any value
      return Optional.empty();
    }
    Optional<BigDecimal> lowest = value(bound(file.lowerBounds(), field), field.type());
    Optional<BigDecimal> highest = value(bound(file.upperBounds(), field), field.type());
    return lowest.isPresent() && highest.isPresent()
        ? Optional.of(new ColumnMetadata.Bounds(lowest.get(), highest.get()))
        : Optional.empty();
  }

  /** Numbers, dates and instants only: bounds of text are cut short. */
  private static Optional<BigDecimal> value(@Nullable ByteBuffer bound, Type type) {
    if (bound == null) {
      return Optional.empty();
    }
    return switch (type.typeId()) {
      case INTEGER, LONG, DATE, TIMESTAMP -> whole(Conversions.fromByteBuffer(type, bound));
      case FLOAT, DOUBLE -> floating(Conversions.fromByteBuffer(type, bound));
      case DECIMAL -> Optional.of((BigDecimal) Conversions.fromByteBuffer(type, bound));
      default -> Optional.empty();
    };
  }

  private static Optional<BigDecimal> whole(Object bound) {
    return Optional.of(BigDecimal.valueOf(((Number) bound).longValue()));
  }

  private static Optional<BigDecimal> floating(Object bound) {
    double number = ((Number) bound).doubleValue();
    return Double.isFinite(number) ? Optional.of(new BigDecimal(number)) : Optional.empty();
  }

  @Override
  public long bytes(String column) {
    return fields
        .named(column)
        .flatMap(field -> Optional.ofNullable(number(file.columnSizes(), field)))
        .orElse(0L);
  }

  private static @Nullable Long number(
      @Nullable Map<Integer, Long> counts, Types.NestedField field) {
    return counts == null ? null : counts.get(field.fieldId());
  }

  private static @Nullable ByteBuffer bound(
      @Nullable Map<Integer, ByteBuffer> bounds, Types.NestedField field) {
    return bounds == null ? null : bounds.get(field.fieldId());
  }
}
