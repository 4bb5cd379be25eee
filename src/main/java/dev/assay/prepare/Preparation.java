package dev.assay.prepare;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.RowMark;
import dev.assay.model.Sql;
import dev.assay.model.job.ColumnSpec;
import dev.assay.model.job.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The steps of a prepare job. No step drops a row: each leaves a mark with what is wrong, or why
 * the row goes no further, and the rows are told apart at the end ({@link PreparedRows}).
 */
public final class Preparation {
  /** The source columns as they were read, kept until the quarantined rows have their text. */
  static final String SOURCE = RowMark.PREFIX + "source";

  private final List<ColumnSpec> declared;
  private final boolean extraFields;
  private final List<Step> steps;
  private final Protector protector;
  private final boolean hideFiles;

  /**
   * @param declared columns to be typed first; empty if the rows carry their types
   * @param extraFields whether structs may have fields that are not declared
   * @param protector what protects columns, and the text of quarantined rows
   * @param hideFiles whether the names of files are kept only encrypted
   */
  public Preparation(
      List<ColumnSpec> declared,
      boolean extraFields,
      List<Step> steps,
      Protector protector,
      boolean hideFiles) {
    this.declared = List.copyOf(declared);
    this.extraFields = extraFields;
    this.steps = List.copyOf(steps);
    this.protector = protector;
    this.hideFiles = hideFiles;
  }

  /** Prepares rows that carry the marks of {@link RowMark}; lazy. */
  public PreparedRows apply(Dataset<Row> raw) {
    refuseReserved(raw);
    Set<String> secret = ProtectedSources.of(steps);
    // without secrets, the quarantine shows the record itself
    Dataset<Row> rows = secret.isEmpty() ? raw : raw.withColumn(SOURCE, sourceOf(raw));
    if (!declared.isEmpty()) {
      rows = Typing.cast(rows, declared, extraFields);
    }
    int number = 0;
    for (Step step : steps) {
      number++;
      rows = new StepRunner(rows, number, protector, extraFields).run(step);
    }
    return new PreparedRows(QuarantineText.of(rows, secret, steps, protector, hideFiles));
  }

  /**
   * Gives rows that carry the marks of {@link RowMark} their declared types, and nothing else: what
   * does not fit is a problem of its row and a NULL.
   *
   * @param extraFields whether structs may have fields that are not declared
   */
  public static Dataset<Row> typed(
      Dataset<Row> raw, List<ColumnSpec> declared, boolean extraFields) {
    refuseReserved(raw);
    return Typing.cast(raw, declared, extraFields);
  }

  private static void refuseReserved(Dataset<Row> raw) {
    for (String column : raw.columns()) {
      if (column.startsWith(RowMark.PREFIX) && !RowMark.ALL.contains(column)) {
        throw new AssayException(
            ExitKind.WRONG_FILES,
            "The input has a column '%s'. Names that begin with %s are Assay's own: read it under another name."
                .formatted(column, RowMark.PREFIX));
      }
    }
  }

  private static Column sourceOf(Dataset<Row> raw) {
    Column[] own =
        Arrays.stream(raw.columns())
            .filter(name -> !RowMark.ALL.contains(name))
            .map(name -> col(Sql.column(name)))
            .toArray(Column[]::new);
    return struct(own);
  }
}
