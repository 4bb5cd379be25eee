package dev.assay.cli;

import dev.assay.catalog.Registered;
import dev.assay.catalog.TableFacts;
import dev.assay.catalog.datazone.RedshiftTable;
import dev.assay.catalog.datazone.Registration;
import dev.assay.catalog.lakeformation.LakeFormation;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.TableName;
import dev.assay.model.job.AccessPolicy;
import dev.assay.model.job.Registering;
import dev.assay.reports.RegisteredText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes tables known where people look for them. */
@Command(
    name = "register",
    description = {
      "Register tables with the profile's DataZone domain: environment, data source, import, business metadata, listing; and with Lake Formation, if the profile says so.",
      "What is there already is kept, and a table that has not changed asks for nothing. Starts no Spark."
    },
    mixinStandardHelpOptions = true)
final class RegisterCommand implements Callable<Integer> {
  @Mixin Common common = new Common();
  @Mixin CatalogOptions catalog = new CatalogOptions();

  @Parameters(paramLabel = "TABLE", arity = "0..*", description = "Tables, such as semantic.trips.")
  List<String> tables = new ArrayList<>();

  @Option(
      names = "--redshift",
      paramLabel = "DATABASE.SCHEMA.TABLE",
      description = "A table or view of the profile's Redshift; may be repeated.")
  List<String> redshift = new ArrayList<>();

  @Option(
      names = "--again",
      description =
          "Import tables of Redshift again, whose columns may have changed (of the lake's it is known).")
  boolean again;

  @Option(
      names = "--publish",
      description =
          "Publish listings of tables with first-publish: review too; for the steward who has seen them.")
  boolean publish;

  @Option(names = "--json", description = "As JSON.")
  boolean json;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public Integer call() {
    if (tables.isEmpty() && redshift.isEmpty()) {
      throw new AssayException(
          ExitKind.USAGE, "There is nothing to register. Expected tables, or --redshift.");
    }
    Registering settings = CatalogOptions.registering(common);
    GovernanceFiles files = catalog.files();
    List<TableFacts> facts =
        tables.stream().map(name -> CatalogOptions.facts(common, table(name))).toList();
    List<RedshiftTable> remote = redshift.stream().map(RedshiftTable::parse).toList();
    ConsoleProgress progress = new ConsoleProgress(spec.commandLine().getErr());
    Registration registration =
        Registration.open(
            CatalogOptions.dataZone(common),
            CatalogOptions.account(common),
            settings,
            files.form(),
            catalog.patience(progress));
    Optional<LakeFormation> lake =
        settings
            .lakeFormation()
            .map(how -> LakeFormation.open(CatalogOptions.account(common), how));
    List<Registered> registered = new ArrayList<>();
    try {
      for (TableFacts table : facts) {
        // the service imports what it may see, with the tags that are there
        lake.ifPresent(formation -> describe(formation, table, files));
        registered.add(registration.register(table, publish));
      }
      for (RedshiftTable table : remote) {
        registered.add(registration.register(table, again, publish));
      }
    } finally {
      progress.clear();
      // what was done before a failure is done
      if (!registered.isEmpty()) {
        RegisteredText text = new RegisteredText(registered);
        spec.commandLine().getOut().println(json ? text.json() : text.text());
      }
    }
    return ExitKind.OK.code();
  }

  private static void describe(LakeFormation lake, TableFacts table, GovernanceFiles files) {
    lake.describe(table);
    AccessPolicy policy = files.policies().get(table.table());
    if (policy != null) {
      lake.filter(policy);
    }
  }

  private static TableName table(String name) {
    try {
      return TableName.parse(name);
    } catch (IllegalArgumentException e) {
      throw new AssayException(ExitKind.USAGE, String.valueOf(e.getMessage()), e);
    }
  }
}
