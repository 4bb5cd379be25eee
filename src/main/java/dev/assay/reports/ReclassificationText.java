package dev.assay.reports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.messages.DecisionChanges;
import dev.assay.messages.ModelVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How the decisions of two models differ. */
public final class ReclassificationText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ReclassificationText() {}

  /** For the terminal. */
  public static String of(String table, ModelVersion model, DecisionChanges changes) {
    List<String> parts = new ArrayList<>();
    parts.add(
        "%s against %s: %s of %s messages are decided otherwise."
            .formatted(
                model, table, Numbers.count(changes.changed()), Numbers.count(changes.compared())));
    parts.add(
        new TextTable<DecisionChanges.Moved>()
            .left("published", moved -> moved.before().text())
            .left("now", moved -> moved.now().text())
            .right("messages", moved -> Numbers.count(moved.messages()))
            .left("", moved -> moved.changed() ? "changed" : "")
            .of(changes.decisions()));
    if (!changes.categories().isEmpty()) {
      parts.add(
          new TextTable<Map.Entry<String, DecisionChanges.Category>>()
              .left("restricted for", Map.Entry::getKey)
              .right("now, not before", entry -> Numbers.count(entry.getValue().added()))
              .right("before, not now", entry -> Numbers.count(entry.getValue().dropped()))
              .of(List.copyOf(changes.categories().entrySet())));
    }
    if (changes.unjudged() > 0) {
      parts.add(
          "%s messages have no published verdict yet."
              .formatted(Numbers.count(changes.unjudged())));
    }
    if (changes.gone() > 0) {
      parts.add(
          "%s published verdicts are of messages that are not in the input any more."
              .formatted(Numbers.count(changes.gone())));
    }
    return String.join(System.lineSeparator() + System.lineSeparator(), parts);
  }

  /** The same as JSON. */
  public static String json(String table, ModelVersion model, DecisionChanges changes) {
    ObjectNode root =
        JSON.createObjectNode()
            .put("table", table)
            .put("model", model.name())
            .put("model_version", model.version())
            .put("compared", changes.compared())
            .put("changed", changes.changed())
            .put("unjudged", changes.unjudged())
            .put("gone", changes.gone());
    ArrayNode decisions = root.putArray("decisions");
    for (DecisionChanges.Moved moved : changes.decisions()) {
      decisions
          .addObject()
          .put("published", moved.before().text())
          .put("now", moved.now().text())
          .put("messages", moved.messages());
    }
    ObjectNode categories = root.putObject("categories");
    changes
        .categories()
        .forEach(
            (name, category) ->
                categories
                    .putObject(name)
                    .put("added", category.added())
                    .put("dropped", category.dropped()));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write JSON", e);
    }
  }
}
