package dev.assay.publishing.openlineage;

import dev.assay.model.TableName;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How tables and files are called. Tables of the Glue catalog are called so that Amazon DataZone
 * finds them: namespace and name joined by {@code /} are the table's ARN (DataZone's user guide,
 * data lineage, source identifiers), and the symlink is the name that OpenLineage's naming gives
 * them.
 */
public final class DatasetNames {
  private static final Pattern OBJECT = Pattern.compile("s3[an]?://([^/]+)/?(.*)");

  private final String tables;
  private final String symlinks;
  private final boolean glue;

  private DatasetNames(String tables, String symlinks, boolean glue) {
    this.tables = tables;
    this.symlinks = symlinks;
    this.glue = glue;
  }

  /** Those of tables in the Glue catalog of an account. */
  public static DatasetNames ofGlue(String partition, String region, String account) {
    String arn = "arn:%s:glue:%s:%s".formatted(partition, region, account);
    return new DatasetNames(arn + ":table", arn, true);
  }

  /** Those of tables in a warehouse folder. */
  public static DatasetNames ofWarehouse(String warehouse) {
    return new DatasetNames(warehouse, warehouse, false);
  }

  DatasetName table(TableName table) {
    if (glue) {
      String name = table.layer() + "/" + table.name();
      return new DatasetName(
          tables, name, Optional.of(new DatasetName.Symlink(symlinks, "table/" + name)));
    }
    DatasetName place = files(tables + "/" + table.layer() + "/" + table.name());
    return new DatasetName(
        place.namespace(),
        place.name(),
        Optional.of(new DatasetName.Symlink(symlinks, table.toString())));
  }

  /** By OpenLineage's naming: a bucket and what is in it, or a path of this machine's. */
  DatasetName files(String location) {
    Matcher object = OBJECT.matcher(location);
    if (object.matches()) {
      String key = object.group(2).isEmpty() ? "/" : object.group(2);
      return named("s3://" + object.group(1), key);
    }
    String path =
        location.startsWith("file:")
            ? URI.create(location).getPath()
            : Path.of(location).toAbsolutePath().normalize().toString();
    return named("file", path);
  }

  private static DatasetName named(String namespace, String name) {
    return new DatasetName(namespace, name, Optional.empty());
  }
}
