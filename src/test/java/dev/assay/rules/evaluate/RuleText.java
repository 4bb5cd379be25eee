package dev.assay.rules.evaluate;

/** Texts as DQDL and as SQL write them. */
final class RuleText {
  private RuleText() {}

  static String quoted(String value) {
    return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  static String sql(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
