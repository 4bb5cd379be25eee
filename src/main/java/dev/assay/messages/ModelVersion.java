package dev.assay.messages;

/**
 * Which model gave an answer.
 *
 * @param name of the model
 * @param version fingerprint of everything that decides its answers, the normalisation included
 */
public record ModelVersion(String name, String version) {
  @Override
  public String toString() {
    return name + "@" + version;
  }
}
