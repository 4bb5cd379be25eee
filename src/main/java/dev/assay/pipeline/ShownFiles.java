package dev.assay.pipeline;

import dev.assay.model.SourceFile;
import dev.assay.model.job.Input;
import dev.assay.model.job.Job;
import dev.assay.model.job.Step;
import dev.assay.prepare.Protector;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How files are called in ledgers, quarantines and messages. A job that protects columns and finds
 * its files by a pattern calls them by a token: such names are often made from what is in the file.
 */
final class ShownFiles {
  private static final String HIDDEN = "file#";

  /** What a path ends with that names one file, and not a folder with a point in its name. */
  private static final Pattern ONE_FILE =
      Pattern.compile(
          ".*\\.(csv|tsv|txt|json|jsonl|ndjson|avro|parquet|gz|bz2|zst|snappy|deflate)",
          Pattern.CASE_INSENSITIVE);

  private final boolean protects;
  private final boolean hidden;
  private final Supplier<Protector> protectors;
  private @Nullable Protector opened;

  ShownFiles(Job job, Supplier<Protector> protectors) {
    this.protects = job.steps().stream().anyMatch(Step.Protect.class::isInstance);
    boolean byPattern =
        job.inputs().values().stream()
            .filter(Input.Files.class::isInstance)
            .flatMap(input -> ((Input.Files) input).paths().stream())
            .anyMatch(path -> path.matches(".*[*?\\[{].*") || !ONE_FILE.matcher(path).matches());
    this.hidden = protects && byPattern;
    this.protectors = protectors;
  }

  /** Whether what is wrong with a file must not be said in its own words. */
  boolean protects() {
    return protects;
  }

  boolean hidden() {
    return hidden;
  }

  String name(SourceFile file) {
    return hidden ? HIDDEN + protector().token(file.path()) : file.path();
  }

  /** The name of a file that a rule found, which may be any file. */
  String nameInRules(SourceFile file) {
    return protects ? HIDDEN + protector().token(file.path()) : file.path();
  }

  String identity(SourceFile file) {
    return named(name(file), file).identity();
  }

  /** Whether what a run has read is called by a token. */
  static boolean isToken(String read) {
    return read.startsWith(HIDDEN);
  }

  /**
   * A file under all names that it may have had: keys rotate, and a job may not have protected
   * anything at first.
   *
   * @param tokens whether it may have been called by a token
   */
  Set<SourceFile> ever(SourceFile file, boolean tokens) {
    Set<SourceFile> names = new LinkedHashSet<>(List.of(named(file.path(), file)));
    if (tokens) {
      protector().tokens(file.path()).stream()
          .map(token -> named(HIDDEN + token, file))
          .forEach(names::add);
    }
    return names;
  }

  private Protector protector() {
    if (opened == null) {
      opened = protectors.get();
    }
    return opened;
  }

  private static SourceFile named(String name, SourceFile file) {
    return new SourceFile(name, file.size(), file.modified());
  }
}
