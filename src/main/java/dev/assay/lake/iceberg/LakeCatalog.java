package dev.assay.lake.iceberg;

import dev.assay.lake.files.UnforkedFileSystem;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.TableName;
import dev.assay.model.job.Profile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;

/** The Iceberg catalog of a profile, usable without a Spark session. */
public final class LakeCatalog {
  private final String name;
  private final Catalog catalog;

  private LakeCatalog(String name, Catalog catalog) {
    this.name = name;
    this.catalog = catalog;
  }

  /**
   * Opens the catalog with the properties that Spark is given too.
   *
   * @throws AssayException if it does not answer
   */
  public static LakeCatalog open(Profile profile) {
    Map<String, String> properties = properties(profile);
    Configuration configuration = new Configuration();
    configuration.set(UnforkedFileSystem.SETTING, UnforkedFileSystem.class.getName());
    profile
        .spark()
        .forEach(
            (key, value) -> {
              if (key.startsWith("spark.hadoop.")) {
                configuration.set(key.substring("spark.hadoop.".length()), value);
              }
            });
    try {
      return new LakeCatalog(
          profile.catalog(),
          CatalogUtil.buildIcebergCatalog(profile.catalog(), properties, configuration));
    } catch (IllegalArgumentException | UnsupportedOperationException e) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "Profile %s: the catalog cannot be opened with type %s. Expected catalog.properties with a type that Iceberg knows (hadoop, glue, rest, jdbc) and what that type needs, such as warehouse."
              .formatted(profile.name(), properties.getOrDefault("type", "(none)")),
          e);
    }
  }

  /** The profile's catalog properties, and what makes commits of several processes safe. */
  public static Map<String, String> properties(Profile profile) {
    Map<String, String> properties = new LinkedHashMap<>(profile.catalogProperties());
    if (WarehouseLock.fits(properties)) {
      properties.put(CatalogProperties.LOCK_IMPL, WarehouseLock.class.getName());
    }
    return properties;
  }

  /** The name under which Spark knows a table. */
  public String sparkName(TableName table) {
    return name + "." + table;
  }

  public Catalog iceberg() {
    return catalog;
  }

  /** The table as it is now, if there is one. */
  public Optional<Table> find(TableName table) {
    try {
      return Optional.of(catalog.loadTable(identifier(table)));
    } catch (NoSuchTableException e) {
      return Optional.empty();
    }
  }

  /** The tables of a layer; none if there is no such layer. */
  public List<TableName> tables(String layer) {
    try {
      return catalog.listTables(Namespace.of(layer)).stream()
          .flatMap(table -> named(layer, table.name()).stream())
          .toList();
    } catch (NoSuchNamespaceException e) {
      return List.of();
    }
  }

  /** Empty for a name that nobody can write in a job or a command. */
  private static Optional<TableName> named(String layer, String table) {
    try {
      return Optional.of(new TableName(layer, table));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Makes the table's namespace unless it is there. */
  public void ensureNamespace(TableName table) {
    Namespace namespace = Namespace.of(table.layer());
    if (catalog instanceof SupportsNamespaces namespaces
        && !namespaces.namespaceExists(namespace)) {
      try {
        namespaces.createNamespace(namespace);
      } catch (AlreadyExistsException e) {
        // somebody else made it between the question and the answer
        return;
      }
    }
  }

  public static TableIdentifier identifier(TableName table) {
    return TableIdentifier.of(table.layer(), table.name());
  }
}
