package dev.assay.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The keys of one kind of file, from the schema by which editors complete it. */
final class KeysPage {
  static final Path SCHEMAS = Path.of("schemas");
  private static final String ENDING = ".schema.json";

  /** Stands for a definition that its description says best. */
  private static final JsonNode SAID = new ObjectMapper().createObjectNode();

  private static final String DEFINITIONS = "#/$defs/";

  private final JsonNode root;
  private final StringBuilder rows = new StringBuilder();

  private KeysPage(JsonNode root) {
    this.root = root;
  }

  /** A page for each schema, by its name. */
  static Map<String, String> all() {
    Map<String, String> pages = new TreeMap<>();
    try (Stream<Path> files = Files.list(SCHEMAS)) {
      for (Path file : files.filter(path -> path.toString().endsWith(ENDING)).toList()) {
        String name = file.getFileName().toString().replace(ENDING, "");
        pages.put(name + ".md", text(new ObjectMapper().readTree(file.toFile()), file));
      }
      return pages;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a schema is about, in a sentence. */
  static String about(Path schema) {
    try {
      return new ObjectMapper().readTree(schema.toFile()).path("description").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(JsonNode schema, Path file) {
    KeysPage page = new KeysPage(schema);
    page.properties("", schema, Set.of());
    String title = schema.path("title").asText().replaceFirst("^Assay ", "");
    return "# Keys: %s\n\n".formatted(title)
        + Markdown.MADE
        + schema.path("description").asText()
        + " An editor completes it by `%s`.%s\n\n"
            .formatted(
                file.toString().replace('\\', '/'),
                schema.toString().matches("(?s).*\\$\\\\*\\{.*")
                    ? " In most values `${name}` stands for a variable."
                    : "")
        + "`<name>` stands for a name of your own, `[]` for each item of a list; **bold** keys are needed.\n\n"
        + Markdown.head(List.of("key", "value", ""))
        + page.rows;
  }

  private void properties(String prefix, JsonNode schema, Set<String> open) {
    Set<String> required = new HashSet<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    schema
        .path("properties")
        .fields()
        .forEachRemaining(
            property -> {
              if (property.getValue().isObject()) {
                row(
                    prefix + property.getKey(),
                    property.getValue(),
                    required.contains(property.getKey()),
                    open);
              }
            });
  }

  private void row(String path, JsonNode property, boolean needed, Set<String> open) {
    String key = needed ? "**" + Markdown.code(path) + "**" : Markdown.code(path);
    rows.append(
        Markdown.row(
            List.of(
                key,
                String.join("; ", words(property, open)),
                Markdown.cell(description(property)))));
    below(path, property, open);
  }

  /** The keys of what a value may hold. */
  private void below(String path, JsonNode value, Set<String> open) {
    Map<String, JsonNode> seen = new LinkedHashMap<>();
    for (Reached reached : alternatives(value, open)) {
      JsonNode found = reached.schema();
      if (found.has("properties")) {
        properties(path + ".", found, reached.open());
      }
      if (found.path("additionalProperties").isObject()) {
        seen.put(path + ".<name>", found.get("additionalProperties"));
      }
      if (found.path("items").isObject()) {
        seen.put(path + "[]", found.get("items"));
      }
      seen.forEach((place, inner) -> below(place, inner, reached.open()));
      seen.clear();
    }
  }

  /** What a value may be, in words. */
  private Set<String> words(JsonNode value, Set<String> open) {
    Set<String> words = new LinkedHashSet<>();
    for (Reached reached : alternatives(value, open)) {
      word(reached).ifPresent(words::add);
    }
    return words;
  }

  private Optional<String> word(Reached reached) {
    JsonNode schema = reached.schema();
    if (reached.name().equals("variable")) {
      return Optional.empty();
    }
    if (schema.has("const")) {
      return Optional.of(Markdown.code(schema.get("const").asText()));
    }
    if (schema.has("enum")) {
      List<String> values = new ArrayList<>();
      schema.get("enum").forEach(item -> values.add(Markdown.code(item.asText())));
      return Optional.of(String.join(", ", new LinkedHashSet<>(values)));
    }
    if (schema.has("properties")) {
      return Optional.of("the keys below");
    }
    if (schema.path("additionalProperties").isObject()) {
      return Optional.of(
          "by name: "
              + String.join("; ", words(schema.get("additionalProperties"), reached.open())));
    }
    if (schema.has("items") && types(schema).equals(Set.of("array"))) {
      return Optional.of(
          "a list of: " + String.join("; ", words(schema.get("items"), reached.open())));
    }
    return Optional.of(plain(schema, reached.name()));
  }

  private static String plain(JsonNode schema, String name) {
    Set<String> types = types(schema);
    if (types.contains("number") && types.size() == 1 || types.equals(Set.of("integer"))) {
      String bounds =
          (schema.has("minimum") ? " from " + schema.get("minimum").asText() : "")
              + (schema.has("maximum") ? " to " + schema.get("maximum").asText() : "");
      return (types.contains("integer") ? "whole number" : "number") + bounds;
    }
    if (types.equals(Set.of("boolean"))) {
      return "`true`, `false`";
    }
    if (types.contains("array")) {
      return "text, or a list of texts";
    }
    return name.isEmpty() || name.equals("text") ? "text" : name;
  }

  private static Set<String> types(JsonNode schema) {
    Set<String> types = new LinkedHashSet<>();
    JsonNode type = schema.path("type");
    if (type.isArray()) {
      type.forEach(item -> types.add(item.asText()));
    } else if (type.isTextual()) {
      types.add(type.asText());
    }
    return types;
  }

  /** A schema without references and choices, the words for it, and the definitions above it. */
  private record Reached(JsonNode schema, String name, Set<String> open) {}

  private List<Reached> alternatives(JsonNode schema, Set<String> open) {
    return alternatives(schema, "", open);
  }

  private List<Reached> alternatives(JsonNode schema, String name, Set<String> open) {
    if (schema.path("$ref").asText().startsWith(DEFINITIONS)) {
      String definition = schema.get("$ref").asText().substring(DEFINITIONS.length());
      if (open.contains(definition)) {
        return List.of();
      }
      Set<String> inside = new HashSet<>(open);
      inside.add(definition);
      JsonNode found = root.path("$defs").path(definition);
      if (found.isMissingNode()) {
        throw new IllegalStateException(
            "%s: there is no definition '%s'".formatted(root.path("title").asText(), definition));
      }
      if (definition.equals("variable")) {
        return List.of();
      }
      String said = words(definition, found);
      return said.isEmpty() || holdsKeys(found, Set.of())
          ? alternatives(found, "", inside)
          : List.of(new Reached(SAID, said, inside));
    }
    for (String choice : List.of("anyOf", "oneOf")) {
      if (schema.has(choice) && !schema.has("properties")) {
        List<Reached> all = new ArrayList<>();
        for (JsonNode item : schema.get(choice)) {
          all.addAll(alternatives(item, name, open));
        }
        if (schema.has("type") && all.stream().allMatch(one -> types(one.schema()).isEmpty())) {
          return List.of(new Reached(schema, name, open));
        }
        return all;
      }
    }
    return List.of(new Reached(schema, name, open));
  }

  /** Whether keys can stand in a value; if not, its definition's description says what it is. */
  private boolean holdsKeys(JsonNode schema, Set<String> open) {
    String reference = schema.path("$ref").asText();
    if (!reference.isEmpty()) {
      String definition = reference.substring(DEFINITIONS.length());
      Set<String> inside = new HashSet<>(open);
      return inside.add(definition)
          && holdsKeys(root.path("$defs").path(definition), Set.copyOf(inside));
    }
    if (schema.has("properties")) {
      return true;
    }
    return Stream.of("additionalProperties", "items", "anyOf", "oneOf")
        .map(schema::path)
        .flatMap(KeysPage::each)
        .anyMatch(inner -> holdsKeys(inner, open));
  }

  private static Stream<JsonNode> each(JsonNode node) {
    return node.isArray()
        ? StreamSupport.stream(node.spliterator(), false)
        : Stream.of(node).filter(JsonNode::isObject);
  }

  private static String words(String definition, JsonNode found) {
    if (definition.equals("text") || !found.has("description")) {
      return definition.equals("text") ? "text" : "";
    }
    String text = found.get("description").asText().replaceFirst("\\.$", "");
    return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }

  private String description(JsonNode property) {
    StringBuilder text = new StringBuilder(property.path("description").asText());
    if (property.has("default")) {
      text.append(" Default: ").append(asCode(property.get("default"))).append('.');
    }
    if (property.has("examples")) {
      List<String> examples = new ArrayList<>();
      property.get("examples").forEach(example -> examples.add(asCode(example)));
      text.append(" Such as ").append(String.join(", ", examples)).append('.');
    }
    return text.toString();
  }

  private static String asCode(JsonNode value) {
    String text = value.isValueNode() ? value.asText() : value.toString();
    return text.isEmpty() ? "empty" : "`" + text + "`";
  }
}
