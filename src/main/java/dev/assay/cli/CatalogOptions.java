package dev.assay.cli;

import dev.assay.catalog.Patience;
import dev.assay.catalog.TableFacts;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.Nearest;
import dev.assay.model.TableName;
import dev.assay.model.job.GlueAccount;
import dev.assay.model.job.Publishing;
import dev.assay.model.job.Registering;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import picocli.CommandLine.Option;

/** What commands about the catalog share. */
final class CatalogOptions {
  @Option(
      names = "--governance",
      paramLabel = "FOLDER",
      defaultValue = "jobs/governance",
      description = "Where glossary, form and packages are defined (default: jobs/governance).")
  Path folder = Path.of("jobs/governance");

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "900",
      description =
          "How long the service may take for each thing that it works off by itself (default: 900).")
  int wait = 900;

  @Option(names = "--poll", hidden = true, defaultValue = "5000")
  int pollMillis = 5000;

  GovernanceFiles files() {
    return GovernanceFiles.read(folder);
  }

  Patience patience(ConsoleProgress progress) {
    return new Patience(Duration.ofMillis(pollMillis), Duration.ofSeconds(wait), progress::say);
  }

  static Publishing.DataZone dataZone(Common common) {
    return common
        .profile()
        .publishing()
        .datazone()
        .orElseThrow(
            () ->
                missing(
                    common,
                    "names no DataZone domain",
                    "Add publish.datazone: {domain: dzd_…} to it."));
  }

  static Registering registering(Common common) {
    return dataZone(common)
        .register()
        .orElseThrow(
            () ->
                missing(
                    common,
                    "does not say how tables are registered",
                    "Add publish.datazone.register: {project: …, environment: …} to it."));
  }

  static GlueAccount account(Common common) {
    return common.profile().publishing().glue().orElseThrow();
  }

  private static AssayException missing(Common common, String found, String remedy) {
    return new AssayException(
        ExitKind.WRONG_FILES, "Profile %s %s. %s".formatted(common.profileName, found, remedy));
  }

  /** What a table says of itself. */
  static TableFacts facts(Common common, TableName name) {
    Table table =
        common
            .catalog()
            .find(name)
            .orElseThrow(
                () ->
                    new AssayException(
                        ExitKind.INPUT_MISSING,
                        "There is no table %s. %s".formatted(name, others(common, name))));
    Map<String, String> columns = new LinkedHashMap<>();
    table.schema().columns().forEach(one -> columns.put(one.name(), one.type().toString()));
    return TableFacts.of(name, columns, table.location(), table.properties());
  }

  private static String others(Common common, TableName name) {
    Catalog catalog = common.catalog().iceberg();
    List<String> known =
        Stream.of(name.layer(), "prepared", "semantic")
            .distinct()
            .map(Namespace::of)
            .filter(
                layer -> catalog instanceof SupportsNamespaces lake && lake.namespaceExists(layer))
            .flatMap(layer -> catalog.listTables(layer).stream())
            .map(Object::toString)
            .toList();
    return known.isEmpty()
        ? "The catalog has none in this layer; run its job first."
        : Nearest.suggestion(name.toString(), known);
  }
}
