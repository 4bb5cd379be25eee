package dev.assay.catalog;

import dev.assay.model.TableName;
import dev.assay.model.job.Publish.Classification;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a table says of itself, all of it from the table: its schema and the properties that runs
 * leave on it.
 *
 * @param columns by name, in the table's order, each with its Iceberg type
 * @param location where its files are
 * @param terms names of glossary terms
 * @param personalData columns that hold data about people
 * @param reviewed whether a steward publishes its first listing
 */
public record TableFacts(
    TableName table,
    Map<String, String> columns,
    String location,
    Optional<String> description,
    Optional<String> owner,
    Optional<String> domain,
    Optional<String> refresh,
    Optional<Classification> classification,
    List<String> personalData,
    List<String> terms,
    boolean reviewed) {
  public TableFacts {
    columns = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    personalData = List.copyOf(personalData);
    terms = List.copyOf(terms);
  }

  /** From the properties of a table. */
  public static TableFacts of(
      TableName table,
      Map<String, String> columns,
      String location,
      Map<String, String> properties) {
    return new TableFacts(
        table,
        columns,
        location,
        Optional.ofNullable(properties.get("comment")),
        Optional.ofNullable(properties.get("owner")),
        Optional.ofNullable(properties.get("assay.domain")),
        Optional.ofNullable(properties.get("assay.refresh")),
        Optional.ofNullable(properties.get("assay.classification"))
            .flatMap(TableFacts::classification),
        list(properties.get("assay.personal-data")),
        list(properties.get("assay.terms")),
        "review".equals(properties.get("assay.first-publish")));
  }

  /** Of a table that somebody else classified in other words nothing is known. */
  private static Optional<Classification> classification(String name) {
    return Arrays.stream(Classification.values())
        .filter(known -> known.name().equalsIgnoreCase(name.strip()))
        .findFirst();
  }

  private static List<String> list(@org.jspecify.annotations.Nullable String text) {
    return text == null || text.isBlank() ? List.of() : List.of(text.strip().split("\\s*,\\s*"));
  }

  /** A fact as text; empty if the table does not say it. */
  public Optional<String> of(dev.assay.model.job.MetadataForm.Fact fact) {
    return switch (fact) {
      case OWNER -> owner;
      case DESCRIPTION -> description;
      case DOMAIN -> domain;
      case REFRESH -> refresh;
      case CLASSIFICATION -> classification.map(one -> one.name().toLowerCase(Locale.ROOT));
      case PERSONAL_DATA -> Optional.of(Boolean.toString(!personalData.isEmpty()));
    };
  }
}
