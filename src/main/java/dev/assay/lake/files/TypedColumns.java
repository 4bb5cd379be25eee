package dev.assay.lake.files;

import dev.assay.lake.UnreadableInputException;
import dev.assay.model.Nearest;
import dev.assay.model.SourceFile;
import dev.assay.model.job.ColumnSpec;
import dev.assay.model.job.Input;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Compares the columns that files carry with the declared ones or, where none are declared, with
 * those of most of the files. A file that differs is named, for Spark reads all files with the
 * columns of one and says nothing of the others.
 */
final class TypedColumns {
  private static final String ODD_REMEDY =
      "Declare the columns under columns, or read files of another kind by a job of their own; on-corrupt-file: set-aside goes on without this one.";

  private final Input.Files input;

  TypedColumns(Input.Files input) {
    this.input = input;
  }

  /**
   * Checks files against each other.
   *
   * @param files their columns, in the order of their paths
   * @return the columns of most of them, the first of the files deciding between equals
   * @throws UnreadableInputException if a file has other columns; names column and types
   */
  StructType ofMost(Map<SourceFile, StructType> files) {
    Map<Map<String, String>, Integer> counts = new HashMap<>();
    files.values().forEach(columns -> counts.merge(types(columns), 1, Integer::sum));
    int most = counts.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
    SourceFile usual =
        files.keySet().stream()
            .filter(file -> counts.getOrDefault(types(of(files, file)), 0) == most)
            .findFirst()
            .orElseThrow();
    files.forEach((file, columns) -> checkSame(usual, of(files, usual), file, columns));
    return of(files, usual);
  }

  /**
   * Checks a file against the declaration.
   *
   * @return those of its columns that are declared, in the order of the declaration
   * @throws UnreadableInputException if it does not fit; names column and types
   */
  StructType declared(SourceFile file, StructType columns) {
    StructType wanted = new StructType();
    List<String> names = Arrays.asList(columns.fieldNames());
    for (ColumnSpec column : input.columns()) {
      if (names.contains(column.name())) {
        StructField field = columns.apply(column.name());
        requireReadable(file, column, field.dataType());
        wanted = wanted.add(column.name(), field.dataType(), true);
      } else if (!column.nullable() || !anyOf(names)) {
        throw new UnreadableInputException(
            file.path(),
            "the file has no column '%s', declared as %s".formatted(column.name(), column.type()),
            "The file has: %s. %s"
                .formatted(
                    String.join(", ", names),
                    Nearest.to(column.name(), names)
                        .map("Did you mean '%s'?"::formatted)
                        .orElse("")));
      }
    }
    List<String> declared = input.columns().stream().map(ColumnSpec::name).toList();
    names.stream()
        .filter(name -> !declared.contains(name))
        .findFirst()
        .ifPresent(name -> refuseExtra(file, "that is not declared", name));
    return wanted;
  }

  private boolean anyOf(List<String> names) {
    return input.columns().stream().anyMatch(column -> names.contains(column.name()));
  }

  private void checkSame(
      SourceFile usual, StructType expected, SourceFile file, StructType columns) {
    Map<String, String> there = types(expected);
    Map<String, String> here = types(columns);
    there.forEach(
        (name, type) -> {
          String own = here.get(name);
          if (own == null) {
            throw new UnreadableInputException(
                file.path(),
                "the file has no column '%s', which is %s in %s"
                    .formatted(name, type, usual.path()),
                ODD_REMEDY);
          }
          if (!own.equals(type)) {
            throw new UnreadableInputException(
                file.path(),
                "column '%s' is %s, and %s in %s".formatted(name, own, type, usual.path()),
                ODD_REMEDY);
          }
        });
    here.keySet().stream()
        .filter(name -> !there.containsKey(name))
        .findFirst()
        .ifPresent(name -> refuseExtra(file, "that %s has not".formatted(usual.path()), name));
  }

  private void refuseExtra(SourceFile file, String why, String column) {
    if (input.extraFields() == Input.ExtraFields.QUARANTINE) {
      throw new UnreadableInputException(
          file.path(),
          "the file has a column '%s' %s".formatted(column, why),
          "Declare it under columns, or set extra-fields: ignore.");
    }
  }

  private static void requireReadable(SourceFile file, ColumnSpec column, DataType own) {
    if (!isReadable(own, RecordSchema.StructTypeOf.ddl(column.type()))) {
      throw new UnreadableInputException(
          file.path(),
          "column '%s' is %s, and declared as %s"
              .formatted(column.name(), own.catalogString(), column.type()),
          "Declare the type that the file has, and cast it in a step; on-corrupt-file: set-aside goes on without the file.");
    }
  }

  /** Whether values can be of the declared type, each to be read exactly or quarantined. */
  private static boolean isReadable(DataType own, DataType declared) {
    return own.catalogString().equals(declared.catalogString())
        || own instanceof StringType
        || declared instanceof StringType
        || (own instanceof NumericType && declared instanceof NumericType)
        || (isTime(own) && isTime(declared))
        || (isNested(own) && own.getClass().equals(declared.getClass()));
  }

  private static boolean isTime(DataType type) {
    return type.equals(DataTypes.DateType)
        || type.equals(DataTypes.TimestampType)
        || type.equals(DataTypes.TimestampNTZType);
  }

  static boolean isNested(DataType type) {
    return type instanceof StructType || type instanceof ArrayType || type instanceof MapType;
  }

  /** In any order, and whether or not they may be NULL. */
  private static Map<String, String> types(StructType columns) {
    Map<String, String> types = new TreeMap<>();
    for (StructField field : columns.fields()) {
      types.put(field.name(), field.dataType().catalogString());
    }
    return types;
  }

  private static StructType of(Map<SourceFile, StructType> files, SourceFile file) {
    return Optional.ofNullable(files.get(file)).orElseThrow();
  }

  /** Files by the declared columns that they carry, in their order. */
  Map<StructType, List<SourceFile>> groups(Map<SourceFile, StructType> files) {
    Map<StructType, List<SourceFile>> groups = new LinkedHashMap<>();
    files.forEach(
        (file, columns) ->
            groups
                .computeIfAbsent(declared(file, columns), key -> new java.util.ArrayList<>())
                .add(file));
    return groups;
  }
}
