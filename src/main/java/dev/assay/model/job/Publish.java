package dev.assay.model.job;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a job says about its table to those who look for it.
 *
 * @param classification who may see it
 * @param personalData columns that hold data about people
 * @param refresh how often it is written, in words
 * @param terms of the glossary that describe it
 * @param statistics columns of which query engines are told how many different values they have
 */
public record Publish(
    Optional<Classification> classification,
    List<String> personalData,
    Optional<String> refresh,
    List<String> terms,
    List<String> statistics) {
  /** Nothing. */
  public static final Publish NOTHING =
      new Publish(Optional.empty(), List.of(), Optional.empty(), List.of(), List.of());

  public Publish {
    personalData = List.copyOf(personalData);
    terms = List.copyOf(terms);
    statistics = List.copyOf(statistics);
  }

  /** Who may see a table. */
  public enum Classification {
    PUBLIC,
    INTERNAL,
    CONFIDENTIAL
  }

  /** As properties of the table. */
  public Map<String, String> properties() {
    Map<String, String> properties = new TreeMap<>();
    classification.ifPresent(
        value -> properties.put("assay.classification", value.name().toLowerCase(Locale.ROOT)));
    if (!personalData.isEmpty()) {
      properties.put("assay.personal-data", String.join(",", personalData));
    }
    refresh.ifPresent(value -> properties.put("assay.refresh", value));
    if (!terms.isEmpty()) {
      properties.put("assay.terms", String.join(",", terms));
    }
    return properties;
  }
}
