package dev.assay.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.reports.TextTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The result that a driver wrote. */
final class EmrResult {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode root;
  private final ExitKind exit;

  private EmrResult(JsonNode root, ExitKind exit) {
    this.root = root;
    this.exit = exit;
  }

  /**
   * Reads a result.
   *
   * @param where for the message
   * @throws AssayException if this is none
   */
  static EmrResult of(String text, String where) {
    try {
      JsonNode root = JSON.readTree(text);
      String kind = root.path("exit_kind").asText();
      return Arrays.stream(ExitKind.values())
          .filter(known -> known.name().equals(kind))
          .findFirst()
          .map(exit -> new EmrResult(root, exit))
          .orElseThrow(() -> wrong(where));
    } catch (JsonProcessingException e) {
      throw wrong(where);
    }
  }

  private static AssayException wrong(String where) {
    return new AssayException(
        ExitKind.OUR_FAULT,
        "%s is no result of a run: it has no exit_kind that this version knows. Is the jar of another version?"
            .formatted(where));
  }

  ExitKind exit() {
    return exit;
  }

  /** Seconds that the driver took for each table; empty of an earlier version. */
  Map<String, Double> seconds() {
    Map<String, Double> seconds = new TreeMap<>();
    for (JsonNode table : root.path("tables")) {
      if (table.path("seconds").isNumber()) {
        seconds.put(table.path("table").asText(), table.path("seconds").asDouble());
      }
    }
    return seconds;
  }

  /** For the terminal. */
  String text() {
    List<JsonNode> tables = new ArrayList<>();
    root.path("tables").forEach(tables::add);
    List<String> lines = new ArrayList<>();
    if (!tables.isEmpty()) {
      lines.add(table(tables));
    }
    for (JsonNode table : tables) {
      remarks(table, lines);
    }
    if (root.hasNonNull("message")) {
      lines.add(root.path("message").asText());
    }
    return String.join(System.lineSeparator(), lines);
  }

  private static String table(List<JsonNode> tables) {
    return new TextTable<JsonNode>()
        .left("table", table -> table.path("table").asText())
        .left("ending", table -> table.path("ending").asText().toLowerCase(java.util.Locale.ROOT))
        .right("score", table -> table.path("score").asText())
        .right("coverage", table -> table.path("coverage").asText())
        .right("read", table -> table.path("rows_read").asText())
        .right("quar.", table -> table.path("rows_quarantined").asText())
        .right("written", table -> table.path("rows_written").asText())
        .left("run", table -> table.path("run_id").asText())
        .of(tables);
  }

  private static void remarks(JsonNode table, List<String> lines) {
    String name = table.path("table").asText();
    if (table.hasNonNull("message")) {
      lines.add("%s: %s".formatted(name, table.path("message").asText()));
    }
    if (table.path("state").asText().equals("HELD")) {
      lines.add(name + " is held, main is unchanged:");
      table.path("gate_reasons").forEach(reason -> lines.add("  ✗ " + reason.asText()));
      String run = table.path("run_id").asText();
      lines.add(
          "  decide: assay approve %1$s --reason \"…\"   or   assay discard %1$s".formatted(run));
    }
  }
}
