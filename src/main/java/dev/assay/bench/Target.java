package dev.assay.bench;

/**
 * What is asked of a line.
 *
 * @param met yes or no; empty if nothing is asked
 */
public record Target(String text, String met) {
  static final Target NONE = new Target("", "");

  static Target of(String text, boolean met) {
    return new Target(text, met ? "yes" : "no");
  }
}
