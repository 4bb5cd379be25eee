package dev.assay.cli;

import dev.assay.exports.ExportedTable;
import dev.assay.exports.ExportedTables;
import dev.assay.exports.Format;
import dev.assay.exports.LedgerExport;
import dev.assay.exports.LedgerExport.Written;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.Nearest;
import dev.assay.reports.TextTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The ledger as files. */
@Command(
    name = "export",
    description = "The ledger as Parquet and CSV, for those without Iceberg.",
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Option(
      names = "--to",
      paramLabel = "FOLDER",
      description = "Where the files go, one or two per table (default: export in --home).")
  @Nullable Path to;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "One of: ${COMPLETION-CANDIDATES} (default: both).")
  Choice format = Choice.both;

  @Option(
      names = "--tables",
      paramLabel = "NAME",
      split = ",",
      description = "Only these, with commas between them: ${COMPLETION-CANDIDATES}.",
      completionCandidates = Names.class)
  List<String> tables = new ArrayList<>();

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  /** The formats, as people type them. */
  enum Choice {
    parquet(EnumSet.of(Format.PARQUET)),
    csv(EnumSet.of(Format.CSV)),
    both(EnumSet.allOf(Format.class));

    private final Set<Format> formats;

    Choice(Set<Format> formats) {
      this.formats = formats;
    }
  }

  /** What {@code --tables} may name. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return names().iterator();
    }
  }

  @Override
  public Integer call() {
    List<ExportedTable> wanted = wanted();
    Path folder = to == null ? common.home.resolve("export") : to;
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new AssayException(
          ExitKind.USAGE, "--to is %s, which is a file. Expected a folder.".formatted(folder));
    }
    LedgerExport export = new LedgerExport(common.catalog().iceberg(), folder, format.formats);
    List<Written> written = new ArrayList<>();
    for (ExportedTable table : wanted) {
      written.add(write(export, table, folder));
    }
    if (written.stream().allMatch(table -> table.files().isEmpty())) {
      throw new AssayException(
          ExitKind.INPUT_MISSING,
          "There is nothing to export: the ledger has no %s yet. 'assay demo' or 'assay run' write to it."
              .formatted(written.stream().map(Written::table).collect(Collectors.joining(", "))));
    }
    spec.commandLine().getOut().println(text(written));
    spec.commandLine().getOut().println("In %s.".formatted(folder));
    return ExitKind.OK.code();
  }

  private List<ExportedTable> wanted() {
    for (String name : tables) {
      if (!names().contains(name)) {
        throw new AssayException(
            ExitKind.USAGE,
            "--tables: '%s' is not a table to export. %s"
                .formatted(name, Nearest.suggestion(name, names())));
      }
    }
    return ExportedTables.ALL.stream()
        .filter(table -> tables.isEmpty() || tables.contains(table.name()))
        .toList();
  }

  private static List<String> names() {
    return ExportedTables.ALL.stream().map(ExportedTable::name).toList();
  }

  private static Written write(LedgerExport export, ExportedTable table, Path folder) {
    try {
      return export.write(table);
    } catch (IOException e) {
      throw new AssayException(
          ExitKind.OUTSIDE_UNAVAILABLE,
          "%s: %s cannot be written (%s). Files of an earlier export are as they were. Make it writable, or make room, and export again."
              .formatted(folder, table.name(), e.getClass().getSimpleName()),
          e);
    }
  }

  private static String text(List<Written> written) {
    return new TextTable<Written>()
        .left("table", Written::table)
        .right(
            "rows",
            table ->
                table.files().isEmpty() ? "–" : String.format(Locale.ROOT, "%,d", table.rows()))
        .left(
            "files",
            table ->
                table.files().isEmpty()
                    ? "not in the ledger yet"
                    : table.files().stream()
                        .map(file -> file.getFileName().toString())
                        .collect(Collectors.joining(", ")))
        .of(written);
  }
}
