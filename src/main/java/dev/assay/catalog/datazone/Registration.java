package dev.assay.catalog.datazone;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.aws.datazone.Assets;
import dev.assay.catalog.Patience;
import dev.assay.catalog.Registered;
import dev.assay.catalog.TableFacts;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.TableName;
import dev.assay.model.job.Glossary;
import dev.assay.model.job.GlueAccount;
import dev.assay.model.job.MetadataForm;
import dev.assay.model.job.Publishing;
import dev.assay.model.job.Registering;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.datazone.model.FormOutput;
import software.amazon.awssdk.services.datazone.model.GetAssetResponse;

/**
 * Registers tables with a domain, as a producer would by hand: environment, data source, a run if
 * the domain does not know the table as it is, business metadata, listing. All of it may be
 * repeated: what is there already is kept, and a table that has not changed asks for nothing.
 */
public final class Registration {
  private final Domain domain;
  private final GlueAccount account;
  private final Registering settings;
  private final Optional<MetadataForm> form;
  private final Assets assets;
  private final SourceRuns runs;
  private final AssetMetadata metadata;
  private final Listings listings;
  private @Nullable DataSources sources;

  private Registration(
      Domain domain, GlueAccount account, Registering settings, Optional<MetadataForm> form) {
    this.domain = domain;
    this.account = account;
    this.settings = settings;
    this.form = form;
    this.assets = new Assets(domain.client(), domain.id(), account);
    this.runs = new SourceRuns(domain);
    this.metadata =
        new AssetMetadata(domain, form, new Glossaries(domain, settings.centralProject()));
    this.listings = new Listings(domain);
  }

  /**
   * Opens a domain.
   *
   * @param account of the catalog
   * @param form with which tables are described
   */
  public static Registration open(
      Publishing.DataZone datazone,
      GlueAccount account,
      Registering settings,
      Optional<MetadataForm> form,
      Patience patience) {
    return new Registration(Domain.open(datazone, patience), account, settings, form);
  }

  /**
   * Makes what is defined centrally: the glossary with its terms, the type of the form.
   *
   * @return how many were made or changed
   */
  public int define(Optional<Glossary> glossary) {
    int changes = glossary.map(new Glossaries(domain, settings.centralProject())::apply).orElse(0);
    boolean made = form.map(new FormTypes(domain, settings.centralProject())::apply).orElse(false);
    return changes + (made ? 1 : 0);
  }

  /**
   * Registers a table of the Glue catalog.
   *
   * @param publish whether a table whose first listing is a steward's is published too
   */
  public Registered register(TableFacts facts, boolean publish) {
    requireForm();
    TableName table = facts.table();
    Optional<String> known =
        domain.ask("looking for the asset of " + table, client -> assets.of(table));
    boolean upToDate = known.filter(id -> knowsColumns(id, facts)).isPresent();
    String asset = upToDate ? known.get() : imported(facts);
    boolean described = metadata.describe(asset, facts);
    return new Registered(
        table.toString(), asset, !upToDate, described, list(asset, facts.reviewed(), publish));
  }

  /**
   * Registers a table or view of Redshift.
   *
   * @param again whether its columns are read anew although the domain knows it
   */
  public Registered register(RedshiftTable table, boolean again, boolean publish) {
    Registering.Redshift redshift =
        settings
            .redshift()
            .orElseThrow(
                () ->
                    new AssayException(
                        ExitKind.WRONG_FILES,
                        "%s is a table of Redshift, and the profile names none. Add publish.datazone.register.redshift: {cluster: … or workgroup: …}."
                            .formatted(table)));
    DataSources.Included source =
        sources()
            .include(
                new RedshiftPlace(
                    redshift, table.database(), table.schema(), settings.dataAccessRole()),
                table.name());
    Optional<String> known =
        source.changed() || again ? Optional.empty() : runs.knownAsset(source.id(), table.name());
    String asset = known.orElseGet(() -> runs.assetAfterRun(source.id(), table.name()));
    return new Registered(
        table.toString(), asset, known.isEmpty(), false, list(asset, false, publish));
  }

  private void requireForm() {
    if (form.isPresent() && !new FormTypes(domain, settings.centralProject()).has(form.get())) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "The domain has no form type %s, which jobs/governance/forms.yaml defines. Run 'assay governance apply' first, as the project that owns it."
              .formatted(form.get().name()));
    }
  }

  private String imported(TableFacts facts) {
    DataSources.Included source =
        sources()
            .include(
                new GluePlace(facts.table().layer(), settings.dataAccessRole()),
                facts.table().name());
    return runs.assetAfterRun(source.id(), facts.table().name());
  }

  private DataSources sources() {
    if (sources == null) {
      String environment =
          new Environments(domain, settings, account.region(), account.account()).ready();
      sources = new DataSources(domain, settings.project(), environment);
    }
    return sources;
  }

  private Registered.Listing list(String id, boolean reviewed, boolean publish) {
    GetAssetResponse asset = metadata.asset(id);
    if (reviewed && !publish && !Listings.listed(asset)) {
      return Registered.Listing.WAITS_FOR_STEWARD;
    }
    if (listings.upToDate(asset)) {
      return Registered.Listing.UNCHANGED;
    }
    listings.publish(asset);
    return Registered.Listing.PUBLISHED;
  }

  /** Whether the domain knows the table with the columns that it has now. */
  private boolean knowsColumns(String id, TableFacts facts) {
    return metadata.asset(id).formsOutput().stream()
        .filter(one -> one.typeName().equals("amazon.datazone.GlueTableFormType"))
        .map(FormOutput::content)
        .map(AssetMetadata::read)
        .anyMatch(content -> columns(content).equals(glueColumns(facts)));
  }

  private static Map<String, String> columns(JsonNode form) {
    Map<String, String> columns = new HashMap<>();
    form.path("columns")
        .forEach(
            column ->
                columns.put(
                    column.path("columnName").asText(), plain(column.path("dataType").asText())));
    return columns;
  }

  private static Map<String, String> glueColumns(TableFacts facts) {
    Map<String, String> columns = new HashMap<>();
    facts.columns().forEach((name, type) -> columns.put(name, plain(type)));
    return columns;
  }

  /** What types of Iceberg and of Glue have in common: nested ones only that they are nested. */
  private static String plain(String type) {
    String text = type.toLowerCase(java.util.Locale.ROOT).replace(" ", "");
    if (text.startsWith("struct") || text.startsWith("map")) {
      return text.substring(0, 3);
    }
    if (text.startsWith("list") || text.startsWith("array")) {
      return "list";
    }
    return switch (text) {
      case "long" -> "bigint";
      case "integer" -> "int";
      case "timestamptz" -> "timestamp";
      case "uuid" -> "string";
      default -> text.startsWith("fixed") ? "binary" : text;
    };
  }
}
