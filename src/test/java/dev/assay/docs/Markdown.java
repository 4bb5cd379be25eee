package dev.assay.docs;

import java.util.List;
import java.util.Locale;

/** Pieces of a page. */
final class Markdown {
  static final String MADE =
      "<!-- Made from the product by '%s'; changes here are lost. -->\n\n"
          .formatted(ReferenceTest.COMMAND);

  private Markdown() {}

  static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  static String head(List<String> titles) {
    return row(titles) + "|" + " --- |".repeat(titles.size()) + "\n";
  }

  /** Text in a cell: one line, with nothing that ends the cell or begins a tag. */
  static String cell(String text) {
    return text.strip()
        .replaceAll("\\s+", " ")
        .replace("|", "\\|")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }

  /** Text as code in a cell. */
  static String code(String text) {
    String quotes = text.contains("`") ? "``" : "`";
    String room = text.contains("`") ? " " : "";
    return quotes + room + text.replaceAll("\\s+", " ").replace("|", "\\|") + room + quotes;
  }

  /** The name under which a heading can be linked. */
  static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 _-]", "").replace(' ', '-');
  }
}
