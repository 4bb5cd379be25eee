package dev.assay.model.job;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where jobs run: the catalog, Spark's settings, the keys.
 *
 * @param home folder for logs, reports and, locally, the warehouse
 * @param catalog the name of the Spark catalog
 * @param catalogProperties the catalog's own properties, as Iceberg names them
 * @param spark further Spark settings
 * @param keyFile the file with the keys for protection
 * @param keySecret the secret with them, where there is no file
 * @param kmsKey the AWS KMS key under which the file with the keys is encrypted
 * @param comprehend where and how Amazon Comprehend is asked
 * @param publishing where what the line found is told
 * @param retention how long quarantines and parts of the ledger are kept
 * @param emr how jobs are run on Amazon EMR
 */
public record Profile(
    String name,
    Path home,
    String catalog,
    Map<String, String> catalogProperties,
    Map<String, String> spark,
    Optional<Path> keyFile,
    Optional<String> keySecret,
    Optional<String> kmsKey,
    Optional<ComprehendSettings> comprehend,
    Publishing publishing,
    Retention retention,
    Optional<Emr> emr) {
  /** A profile that keeps everything for ever. */
  public Profile(
      String name,
      Path home,
      String catalog,
      Map<String, String> catalogProperties,
      Map<String, String> spark,
      Optional<Path> keyFile,
      Optional<String> keySecret,
      Optional<String> kmsKey,
      Optional<ComprehendSettings> comprehend,
      Publishing publishing) {
    this(
        name,
        home,
        catalog,
        catalogProperties,
        spark,
        keyFile,
        keySecret,
        kmsKey,
        comprehend,
        publishing,
        Retention.NONE,
        Optional.empty());
  }

  public Profile {
    catalogProperties =
        java.util.Collections.unmodifiableMap(new LinkedHashMap<>(catalogProperties));
    spark = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(spark));
  }

  /** The same place, where rows are kept so long. */
  public Profile with(Retention next) {
    return new Profile(
        name,
        home,
        catalog,
        catalogProperties,
        spark,
        keyFile,
        keySecret,
        kmsKey,
        comprehend,
        publishing,
        next,
        emr);
  }
}
