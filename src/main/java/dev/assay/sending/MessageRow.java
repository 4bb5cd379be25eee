package dev.assay.sending;

/**
 * A message as its table has it. Never written to a log or an error.
 *
 * @param key what tells it apart, as text
 * @param address empty if there is none; likewise {@code channel} and {@code campaign}
 * @param contentHash of its text as it is now
 */
public record MessageRow(
    String key, String text, String address, String channel, String campaign, String contentHash) {
  @Override
  public String toString() {
    return "MessageRow[" + key + "]";
  }
}
