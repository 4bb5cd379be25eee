package dev.assay.model.job;

import java.util.Map;

/**
 * The business terms of a domain: {@code jobs/governance/glossary.yaml}.
 *
 * @param terms by name, what each means
 */
public record Glossary(String name, String owner, Map<String, String> terms) {
  public Glossary {
    terms = Map.copyOf(terms);
  }
}
