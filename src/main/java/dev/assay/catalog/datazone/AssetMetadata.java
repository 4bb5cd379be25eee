package dev.assay.catalog.datazone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.catalog.TableFacts;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.MetadataForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.datazone.model.FormInput;
import software.amazon.awssdk.services.datazone.model.GetAssetResponse;

/**
 * Business metadata of assets. A revision replaces an asset's forms and terms as a whole, so all
 * that is there is sent again with what is ours.
 */
final class AssetMetadata {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_TERMS = 20;

  private final Domain domain;
  private final Optional<MetadataForm> form;
  private final Glossaries glossaries;

  /**
   * @param form which the asset is described by; only description and terms if empty
   */
  AssetMetadata(Domain domain, Optional<MetadataForm> form, Glossaries glossaries) {
    this.domain = domain;
    this.form = form;
    this.glossaries = glossaries;
  }

  GetAssetResponse asset(String id) {
    return domain.ask(
        "reading the asset",
        client -> client.getAsset(r -> r.domainIdentifier(domain.id()).identifier(id)));
  }

  /**
   * Brings the asset up to date with what its table says.
   *
   * @return whether it got a new revision
   */
  boolean describe(String id, TableFacts facts) {
    GetAssetResponse asset = asset(id);
    Map<String, FormInput> forms = new LinkedHashMap<>();
    asset
        .formsOutput()
        .forEach(
            one ->
                forms.put(
                    one.formName(),
                    FormInput.builder()
                        .formName(one.formName())
                        .typeIdentifier(one.typeName())
                        .typeRevision(one.typeRevision())
                        .content(one.content())
                        .build()));
    boolean changed = form.isPresent() && fill(forms, form.get(), facts);
    Set<String> terms = new LinkedHashSet<>(asset.glossaryTerms());
    for (String term : facts.terms()) {
      changed |= terms.add(term(facts, term));
    }
    if (terms.size() > MOST_TERMS) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "%s has %d glossary terms with those of its job, and DataZone takes at most %d. Take some away in the portal or in publish.terms."
              .formatted(facts.table(), terms.size(), MOST_TERMS));
    }
    Optional<String> description = facts.description();
    changed |= description.filter(text -> !text.equals(asset.description())).isPresent();
    if (!changed) {
      return false;
    }
    List<FormInput> all = new ArrayList<>(forms.values());
    domain.ask(
        "describing " + facts.table(),
        client ->
            client.createAssetRevision(
                r ->
                    r.domainIdentifier(domain.id())
                        .identifier(id)
                        .name(asset.name())
                        .description(description.orElse(asset.description()))
                        .formsInput(all)
                        .glossaryTerms(terms.isEmpty() ? null : terms)
                        .clientToken(
                            Domain.token(
                                "revision",
                                id,
                                asset.revision(),
                                all.toString(),
                                terms.toString(),
                                description.orElse("")))));
    return true;
  }

  private boolean fill(Map<String, FormInput> forms, MetadataForm type, TableFacts facts) {
    FormInput now = forms.get(type.name());
    ObjectNode content = now == null ? JSON.createObjectNode() : read(now.content());
    JsonNode before = content.deepCopy();
    type.fields()
        .forEach(
            (field, fact) ->
                facts
                    .of(fact)
                    .ifPresent(
                        value -> {
                          if (fact == MetadataForm.Fact.PERSONAL_DATA) {
                            content.put(field, Boolean.parseBoolean(value));
                          } else {
                            content.put(field, value);
                          }
                        }));
    if (now != null && content.equals(before)) {
      return false;
    }
    forms.put(
        type.name(),
        FormInput.builder()
            .formName(type.name())
            .typeIdentifier(type.name())
            .typeRevision(now == null ? null : now.typeRevision())
            .content(content.toString())
            .build());
    return true;
  }

  private String term(TableFacts facts, String name) {
    return glossaries
        .term(name)
        .orElseThrow(
            () ->
                new AssayException(
                    ExitKind.WRONG_FILES,
                    "%s: the domain has no glossary term '%s'. Add it to jobs/governance/glossary.yaml and run 'assay governance apply', or correct publish.terms of the job."
                        .formatted(facts.table(), name)));
  }

  static ObjectNode read(String content) {
    try {
      return JSON.readTree(content) instanceof ObjectNode object ? object : JSON.createObjectNode();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a form that is no JSON", e);
    }
  }
}
