package dev.assay.jobs;

import dev.assay.model.AssayException;
import dev.assay.model.Nearest;
import dev.assay.model.Position;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * A YAML value that knows where it stands. Reading a key that is missing or of another type, and
 * keys nobody knows, become errors with file, line and column.
 */
final class Yaml {
  private final String file;
  private final Node node;
  private final String path;
  private final Variables variables;

  private Yaml(String file, Node node, String path, Variables variables) {
    this.file = file;
    this.node = node;
    this.path = path;
    this.variables = variables;
  }

  /** Reads a text that must hold one mapping. */
  static Yaml parse(String file, String text, Variables variables) {
    try {
      Node root =
          new Compose(LoadSettings.builder().setLabel(file).setSchema(new CoreSchema()).build())
              .composeString(text)
              .orElseThrow(
                  () ->
                      new InvalidJobException(
                          file, new Position(1, 1), "the file is empty", "Expected keys."));
      Yaml yaml = new Yaml(file, root, "", variables);
      yaml.entries();
      return yaml;
    } catch (MarkedYamlEngineException e) {
      Position position = e.getProblemMark().map(Yaml::position).orElse(new Position(1, 1));
      throw new InvalidJobException(
          file,
          position,
          "this is not YAML: " + e.getProblem(),
          "Look at indentation, quotes and colons near here.");
    } catch (YamlEngineException e) {
      throw new InvalidJobException(
          file, new Position(1, 1), "this is not YAML: " + e.getMessage(), "");
    }
  }

  String file() {
    return file;
  }

  Variables variables() {
    return variables;
  }

  Position position() {
    return node.getStartMark().map(Yaml::position).orElse(new Position(1, 1));
  }

  boolean isMapping() {
    return node instanceof MappingNode;
  }

  boolean isNull() {
    return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  /** Refuses keys that are not among those known. */
  Yaml allow(String... known) {
    entries();
    for (NodeTuple tuple : mapping().getValue()) {
      String key = ((ScalarNode) tuple.getKeyNode()).getValue();
      if (!Arrays.asList(known).contains(key)) {
        throw new InvalidJobException(
            file,
            tuple.getKeyNode().getStartMark().map(Yaml::position).orElse(position()),
            "unknown key '%s'%s".formatted(key, path.isEmpty() ? "" : " in '" + path + "'"),
            Nearest.suggestion(key, List.of(known)));
      }
    }
    return this;
  }

  /** A problem at a key of this mapping. */
  AssayException errorAtKey(String key, String found, String remedy) {
    for (NodeTuple tuple : mapping().getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key)) {
        return new Yaml(file, name, path, variables).error(found, remedy);
      }
    }
    return error(found, remedy);
  }

  boolean has(String key) {
    return entries().containsKey(key);
  }

  Yaml require(String key) {
    Yaml value = entries().get(key);
    if (value == null) {
      throw error(
          "key '%s' is missing%s".formatted(key, path.isEmpty() ? "" : " in '" + path + "'"),
          "Add it.");
    }
    return value;
  }

  Optional<Yaml> find(String key) {
    return Optional.ofNullable(entries().get(key));
  }

  /** The keys and values of this mapping, in their order. */
  Map<String, Yaml> entries() {
    Map<String, Yaml> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping().getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw error("a key here is not plain text", "Expected key: value.");
      }
      String name = key.getValue();
      String childPath = path.isEmpty() ? name : path + "." + name;
      Yaml child = new Yaml(file, tuple.getValueNode(), childPath, variables);
      if (entries.put(name, child) != null) {
        throw new InvalidJobException(
            file,
            key.getStartMark().map(Yaml::position).orElse(position()),
            "key '%s' stands twice".formatted(name),
            "Keep one of them.");
      }
    }
    return entries;
  }

  /** The items of this list. */
  List<Yaml> items() {
    if (!(node instanceof SequenceNode sequence)) {
      throw error("'%s' is %s".formatted(path, kind()), "Expected a list.");
    }
    List<Yaml> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      items.add(new Yaml(file, item, path, variables));
    }
    return items;
  }

  /** The items of this list, or this value alone. */
  List<Yaml> itemsOrSelf() {
    return isList() ? items() : List.of(this);
  }

  /** Text, with variables put in. */
  String text() {
    if (!(node instanceof ScalarNode scalar) || scalar.getTag().equals(Tag.NULL)) {
      throw error("'%s' is %s".formatted(path, kind()), "Expected text.");
    }
    return variables.resolve(scalar.getValue(), file, position());
  }

  /** Whether the text here stands as it is, line by line, below its key. */
  boolean isBlock() {
    return node instanceof ScalarNode scalar && scalar.getScalarStyle() == ScalarStyle.LITERAL;
  }

  /** Whether the text here depends on the data date. */
  boolean isDated() {
    return node instanceof ScalarNode scalar && variables.isDated(scalar.getValue());
  }

  List<String> texts() {
    return itemsOrSelf().stream().map(Yaml::text).toList();
  }

  boolean bool() {
    String text = text();
    if (!text.equals("true") && !text.equals("false")) {
      throw error("'%s' is '%s'".formatted(path, text), "Expected true or false.");
    }
    return text.equals("true");
  }

  BigDecimal number() {
    try {
      return new BigDecimal(text());
    } catch (NumberFormatException e) {
      throw error("'%s' is '%s'".formatted(path, text()), "Expected a number.");
    }
  }

  /** One of an enum's constants, written in lower case with hyphens. */
  <E extends Enum<E>> E choice(Class<E> type) {
    String text = text();
    List<String> names = Arrays.stream(type.getEnumConstants()).map(Yaml::nameOf).toList();
    int index = names.indexOf(text);
    if (index < 0) {
      throw error("'%s' is '%s'".formatted(path, text), Nearest.suggestion(text, names));
    }
    return type.getEnumConstants()[index];
  }

  /** What a reader makes of this text; its complaint becomes an error at this place. */
  <T> T as(Function<String, T> reader) {
    String text = text();
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      String message =
          e.getMessage() == null || e instanceof NumberFormatException
              ? "'%s' is not a number".formatted(text)
              : e.getMessage();
      throw error("'%s': %s".formatted(path, message), "");
    }
  }

  /** A problem here; of a text whose variables have no value yet, that nothing is known of it. */
  AssayException error(String found, String remedy) {
    Set<String> unknown =
        node instanceof ScalarNode scalar ? variables.later(scalar.getValue()) : Set.of();
    return unknown.isEmpty()
        ? new InvalidJobException(file, position(), found, remedy)
        : new GivenLaterException(file, position(), path, unknown);
  }

  /** The value with variables put in, in a form that does not depend on layout or comments. */
  String canonical() {
    if (node instanceof MappingNode) {
      StringBuilder text = new StringBuilder("{");
      entries()
          .forEach(
              (key, value) -> text.append(key).append(':').append(value.canonical()).append(','));
      return text.append('}').toString();
    }
    if (node instanceof SequenceNode) {
      StringBuilder text = new StringBuilder("[");
      items().forEach(item -> text.append(item.canonical()).append(','));
      return text.append(']').toString();
    }
    ScalarNode scalar = (ScalarNode) node;
    return "'" + variables.resolve(scalar.getValue(), file, position()).replace("'", "''") + "'";
  }

  static String nameOf(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private MappingNode mapping() {
    if (node instanceof MappingNode mapping) {
      return mapping;
    }
    throw error(
        path.isEmpty() ? "the file holds " + kind() : "'%s' is %s".formatted(path, kind()),
        "Expected keys and values.");
  }

  private String kind() {
    if (node instanceof SequenceNode) {
      return "a list";
    }
    if (node instanceof MappingNode) {
      return "a mapping";
    }
    return ((ScalarNode) node).getTag().equals(Tag.NULL) ? "empty" : "a single value";
  }

  private static Position position(Mark mark) {
    return new Position(mark.getLine() + 1, mark.getColumn() + 1);
  }
}
