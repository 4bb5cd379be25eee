package dev.assay.catalog.datazone;

import dev.assay.model.job.Glossary;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.datazone.model.GlossaryItem;
import software.amazon.awssdk.services.datazone.model.GlossaryTermItem;
import software.amazon.awssdk.services.datazone.model.InventorySearchScope;
import software.amazon.awssdk.services.datazone.model.SearchInventoryResultItem;

/** Glossaries and their terms, by exact names: search finds what is only like them too. */
final class Glossaries {
  private static final int SHORT = 1024;
  private static final String ENABLED = "ENABLED";

  private final Domain domain;
  private final String project;

  /**
   * @param project that owns the glossary
   */
  Glossaries(Domain domain, String project) {
    this.domain = domain;
    this.project = project;
  }

  /**
   * Makes what is missing and changes what means something else now; terms that the file does not
   * name stay.
   *
   * @return how many were made or changed
   */
  int apply(Glossary glossary) {
    Optional<GlossaryItem> known = glossary(glossary.name());
    int changes = known.isPresent() ? 0 : 1;
    String id = known.map(GlossaryItem::id).orElseGet(() -> make(glossary));
    for (Map.Entry<String, String> term : new TreeMap<>(glossary.terms()).entrySet()) {
      changes += apply(id, term.getKey(), term.getValue()) ? 1 : 0;
    }
    return changes;
  }

  /** The id of a usable term of any glossary; empty if there is none. */
  Optional<String> term(String name) {
    return terms(name)
        .filter(term -> ENABLED.equals(term.statusAsString()))
        .map(GlossaryTermItem::id)
        .findFirst();
  }

  private Optional<GlossaryItem> glossary(String name) {
    return domain.ask(
        "looking for glossary " + name,
        client ->
            client
                .searchPaginator(
                    r ->
                        r.domainIdentifier(domain.id())
                            .searchScope(InventorySearchScope.GLOSSARY)
                            .searchText('"' + name + '"'))
                .items()
                .stream()
                .map(SearchInventoryResultItem::glossaryItem)
                .filter(item -> item != null && item.name().equals(name))
                .findFirst());
  }

  private java.util.stream.Stream<GlossaryTermItem> terms(String name) {
    return domain.ask(
        "looking for term " + name,
        client ->
            client
                .searchPaginator(
                    r ->
                        r.domainIdentifier(domain.id())
                            .searchScope(InventorySearchScope.GLOSSARY_TERM)
                            .searchText('"' + name + '"'))
                .items()
                .stream()
                .map(SearchInventoryResultItem::glossaryTermItem)
                .filter(item -> item != null && item.name().equals(name))
                .toList()
                .stream());
  }

  private String make(Glossary glossary) {
    return domain
        .ask(
            "making glossary " + glossary.name(),
            client ->
                client.createGlossary(
                    r ->
                        r.domainIdentifier(domain.id())
                            .name(glossary.name())
                            .owningProjectIdentifier(project)
                            .status(ENABLED)
                            .clientToken(
                                Domain.token("glossary", domain.id(), project, glossary.name()))))
        .id();
  }

  private boolean apply(String glossary, String name, String meaning) {
    String brief = meaning.length() <= SHORT ? meaning : meaning.substring(0, SHORT);
    Optional<GlossaryTermItem> known =
        terms(name).filter(term -> term.glossaryId().equals(glossary)).findFirst();
    if (known.isEmpty()) {
      domain.ask(
          "making term " + name,
          client ->
              client.createGlossaryTerm(
                  r ->
                      r.domainIdentifier(domain.id())
                          .glossaryIdentifier(glossary)
                          .name(name)
                          .shortDescription(brief)
                          .status(ENABLED)
                          .clientToken(Domain.token("term", glossary, name, brief))));
      return true;
    }
    GlossaryTermItem term = known.get();
    if (brief.equals(term.shortDescription()) && ENABLED.equals(term.statusAsString())) {
      return false;
    }
    domain.ask(
        "changing term " + name,
        client ->
            client.updateGlossaryTerm(
                r ->
                    r.domainIdentifier(domain.id())
                        .identifier(term.id())
                        .shortDescription(brief)
                        .status(ENABLED)));
    return true;
  }
}
