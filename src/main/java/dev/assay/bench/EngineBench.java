package dev.assay.bench;

import dev.assay.lake.iceberg.LakeCatalog;
import dev.assay.messages.ClassifierSource;
import dev.assay.messages.Languages;
import dev.assay.pipeline.Lane;
import dev.assay.pipeline.RunListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;

/** The measurements of the rule engine and of the line; docs/bench.md says what each line means. */
public final class EngineBench {
  private final Setting setting;

  public EngineBench(
      SparkSession spark, LakeCatalog catalog, long rows, int rounds, Consumer<String> progress) {
    this.setting = new Setting(spark, catalog, rows, rounds, progress);
  }

  /** Rules that one scan answers. */
  public List<Line> scan() {
    return new ScanBench(setting).run();
  }

  /** Rules about keys, which one scan does not answer. */
  public List<Line> keys() {
    return new KeyBench(setting).run();
  }

  /** Scores with evidence of the state before a commit, and of very many files. */
  public List<Line> changes() {
    List<Line> lines = new ArrayList<>(new ChangeBench(setting).run());
    lines.addAll(new ManyFilesBench(setting).run());
    return lines;
  }

  /** Which rows break which rules. */
  public List<Line> rows() {
    return new RowBench(setting).run();
  }

  /** Very many rules and columns. */
  public List<Line> wide() {
    return new WideBench(setting).run();
  }

  /** Very many slices, of which everything is known. */
  public List<Line> planning() {
    return new PlanningBench(setting).run();
  }

  /** Tables on which shortcuts could go wrong. */
  public List<Line> variants() {
    return new VariantBench(setting).run();
  }

  /**
   * Messages to verdicts.
   *
   * @param model name of a trained one
   */
  public List<Line> messages(ClassifierSource source, Languages languages, String model) {
    return new MessageBench(setting, source, languages, model).run();
  }

  /**
   * A job against a plain write.
   *
   * @param lanes what a run needs, with the listener that is given
   * @param folder for the raw files
   */
  public List<Line> line(Function<RunListener, Lane> lanes, Path folder) {
    return new LineBench(setting, lanes::apply, folder).run();
  }
}
