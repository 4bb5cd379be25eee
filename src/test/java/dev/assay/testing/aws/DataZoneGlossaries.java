package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Glossaries and their terms.
 *
 * <p>Modelled: a name is there once, that of a glossary in the domain and that of a term in its
 * glossary; both are disabled unless they are enabled, and assets take only what is enabled; an
 * update changes what it names and keeps the rest. Not modelled: that terms of a relation have to
 * be there, and what governed terms restrict.
 */
final class DataZoneGlossaries {
  private static final String STATUS = "status";
  private static final String ENABLED = "ENABLED";
  private static final String NAME = "name";
  private static final String GLOSSARY = "glossaryId";
  private static final List<String> GIVEN =
      List.of(
          NAME,
          "description",
          STATUS,
          "shortDescription",
          "longDescription",
          "termRelations",
          "usageRestrictions");

  private final DataZoneContext context;
  private final Map<String, ObjectNode> glossaries = new LinkedHashMap<>();
  private final Map<String, ObjectNode> terms = new LinkedHashMap<>();

  DataZoneGlossaries(DataZoneContext context) {
    this.context = context;
  }

  Map<String, StubServer.Handler> operations() {
    return Map.of(
        "CreateGlossary",
        request -> context.tokens().once(request, () -> createGlossary(request)),
        "CreateGlossaryTerm",
        request -> context.tokens().once(request, () -> createTerm(request)),
        "UpdateGlossary",
        request -> context.tokens().once(request, () -> update(request, glossaries, "Glossary")),
        "UpdateGlossaryTerm",
        request -> update(request, terms, "Glossary term"),
        "GetGlossary",
        request ->
            context
                .model()
                .pick(
                    request.operation(), find(glossaries, "Glossary", request.text("identifier"))),
        "GetGlossaryTerm",
        request -> context.model().pick(request.operation(), term(request.text("identifier"))));
  }

  /** Adds an enabled term, and its glossary if that is not there. */
  String add(String project, String glossary, String term) {
    String id =
        glossaries.values().stream()
            .filter(each -> each.path(NAME).asText().equals(glossary))
            .map(each -> each.path("id").asText())
            .findFirst()
            .orElse("");
    if (id.isEmpty()) {
      ObjectNode made = made(project).put(NAME, glossary).put(STATUS, ENABLED);
      id = made.path("id").asText();
      glossaries.put(id, made);
    }
    ObjectNode made = made(project).put(NAME, term).put(GLOSSARY, id).put(STATUS, ENABLED);
    terms.put(made.path("id").asText(), made);
    return made.path("id").asText();
  }

  List<ObjectNode> glossaries() {
    return List.copyOf(glossaries.values());
  }

  List<ObjectNode> terms() {
    return List.copyOf(terms.values());
  }

  ObjectNode term(String id) {
    return find(terms, "Glossary term", id);
  }

  /** Refuses a term that an asset cannot have. */
  void requireUsable(String id) {
    ObjectNode term = term(id);
    ObjectNode glossary = find(glossaries, "Glossary", term.path(GLOSSARY).asText());
    if (!term.path(STATUS).asText().equals(ENABLED)
        || !glossary.path(STATUS).asText().equals(ENABLED)) {
      throw DataZoneErrors.invalid("glossary term %s is not enabled".formatted(id));
    }
  }

  private ObjectNode createGlossary(ModelledRequest request) {
    refuseTaken(glossaries, request.text(NAME), null, null);
    ObjectNode glossary = made(request.text("owningProjectIdentifier")).put(STATUS, "DISABLED");
    fill(glossary, request);
    glossaries.put(glossary.path("id").asText(), glossary);
    return context.model().pick(request.operation(), glossary);
  }

  private ObjectNode createTerm(ModelledRequest request) {
    ObjectNode glossary = find(glossaries, "Glossary", request.text("glossaryIdentifier"));
    String id = glossary.path("id").asText();
    refuseTaken(terms, request.text(NAME), id, null);
    ObjectNode term =
        made(glossary.path("owningProjectId").asText()).put(GLOSSARY, id).put(STATUS, "DISABLED");
    fill(term, request);
    terms.put(term.path("id").asText(), term);
    return context.model().pick(request.operation(), term);
  }

  private ObjectNode update(ModelledRequest request, Map<String, ObjectNode> all, String kind) {
    ObjectNode before = find(all, kind, request.text("identifier"));
    if (request.input().has(NAME)) {
      JsonNode glossary = before.path(GLOSSARY);
      refuseTaken(
          all,
          request.text(NAME),
          glossary.isMissingNode() ? null : glossary.asText(),
          request.text("identifier"));
    }
    fill(before, request);
    before.put("updatedAt", context.seconds()).put("updatedBy", DataZoneContext.CALLER);
    return context.model().pick(request.operation(), before);
  }

  private static void refuseTaken(
      Map<String, ObjectNode> all,
      String name,
      @Nullable String glossary,
      @Nullable String exceptFor) {
    for (ObjectNode each : all.values()) {
      if (each.path(NAME).asText().equals(name)
          && (glossary == null || each.path(GLOSSARY).asText().equals(glossary))
          && !each.path("id").asText().equals(exceptFor)) {
        throw DataZoneErrors.conflict("the name %s is taken".formatted(name));
      }
    }
  }

  private static void fill(ObjectNode document, ModelledRequest request) {
    for (String member : GIVEN) {
      if (request.input().has(member)) {
        document.set(member, request.input().path(member));
      }
    }
  }

  private ObjectNode made(String project) {
    return context
        .document()
        .put("id", context.ids().next())
        .put("owningProjectId", project)
        .put("createdAt", context.seconds())
        .put("createdBy", DataZoneContext.CALLER);
  }

  private static ObjectNode find(Map<String, ObjectNode> all, String kind, String id) {
    ObjectNode found = all.get(id);
    if (found == null) {
      throw DataZoneErrors.notFound(kind, id);
    }
    return found;
  }
}
