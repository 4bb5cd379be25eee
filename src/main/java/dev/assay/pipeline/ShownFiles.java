package dev.assay.pipeline;

import dev.assay.model.SourceFile;
import dev.assay.model.job.Input;
import dev.assay.model.job.Job;
import dev.assay.model.job.Step;
import dev.assay.prepare.Protector;
import java.util.function.Supplier;

/**
 * How files are called in ledgers, quarantines and messages. A job that protects columns and finds
 * its files by a pattern calls them by a token: such names are often made from what is in the file.
 */
final class ShownFiles {
  private final boolean protects;
  private final boolean hidden;
  private final Supplier<Protector> protector;

  ShownFiles(Job job, Supplier<Protector> protector) {
    this.protects = job.steps().stream().anyMatch(Step.Protect.class::isInstance);
    boolean byPattern =
        job.inputs().values().stream()
            .filter(Input.Files.class::isInstance)
            .flatMap(input -> ((Input.Files) input).paths().stream())
            .anyMatch(path -> path.matches(".*[*?\\[{].*") || !path.matches(".*\\.\\w+"));
    this.hidden = protects && byPattern;
    this.protector = protector;
  }

  /** Whether what is wrong with a file must not be said in its own words. */
  boolean protects() {
    return protects;
  }

  boolean hidden() {
    return hidden;
  }

  String name(SourceFile file) {
    return hidden ? "file#" + protector.get().token(file.path()) : file.path();
  }

  /** The name of a file that a rule found, which may be any file. */
  String nameInRules(SourceFile file) {
    return protects ? "file#" + protector.get().token(file.path()) : file.path();
  }

  String identity(SourceFile file) {
    return new SourceFile(name(file), file.size(), file.modified()).identity();
  }
}
