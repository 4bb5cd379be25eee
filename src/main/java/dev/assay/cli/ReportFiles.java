package dev.assay.cli;

import dev.assay.lake.iceberg.QuarantineSamples;
import dev.assay.messages.iceberg.VerdictTable;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.RunRecord;
import dev.assay.reports.HtmlReport;
import dev.assay.reports.TableReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Puts reports together and writes them to files. */
final class ReportFiles {
  private static final int MOST_SAMPLES = 10;

  private final Common common;

  ReportFiles(Common common) {
    this.common = common;
  }

  TableReport report(RunRecord run) {
    QuarantineSamples samples = new QuarantineSamples(common.catalog());
    return TableReport.of(
        common.ledger(),
        run,
        past ->
            samples.of(past.table(), past.runId(), MOST_SAMPLES).stream()
                .map(
                    sample ->
                        new TableReport.Sample(sample.source(), sample.shape(), sample.reasons()))
                .toList(),
        this::messages);
  }

  private List<TableReport.Message> messages(RunRecord run) {
    return common
        .catalog()
        .find(run.table())
        .filter(table -> table.snapshot(run.snapshot()) != null)
        .map(table -> new VerdictTable(table).notCleared(run.snapshot(), MOST_SAMPLES))
        .orElse(List.of())
        .stream()
        .map(
            message ->
                new TableReport.Message(
                    message.decision(), String.join(", ", message.why()), message.text()))
        .toList();
  }

  /** Writes {@code <home>/reports/<name>.html} and says where. */
  Path html(String name, String title, List<TableReport> reports) {
    Path file = common.home.resolve("reports").resolve(name + ".html");
    write(file, HtmlReport.of(title, reports, new AnnouncedFiles(common, file), Instant.now()));
    return file;
  }

  static void write(Path file, String text) {
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.writeString(file, text);
    } catch (IOException e) {
      throw notWritten(file.toString(), e);
    }
  }

  /** Told as an outage: what was to be written about is done. */
  static AssayException notWritten(String where, IOException failure) {
    return new AssayException(
        ExitKind.OUTSIDE_UNAVAILABLE,
        "%s: cannot be written (%s). The runs themselves are done."
            .formatted(where, failure.getClass().getSimpleName()),
        failure);
  }
}
