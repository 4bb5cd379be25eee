package dev.assay.testing.aws;

/**
 * What is wrong with a request, or with a stub's own answer.
 *
 * @param operation as far as it could be told
 * @param path the member, as in {@code forms[0].content}; empty for the request as a whole
 */
public record Violation(String operation, String path, String problem) {
  @Override
  public String toString() {
    return path.isEmpty()
        ? "%s: %s".formatted(operation, problem)
        : "%s: %s %s".formatted(operation, path, problem);
  }
}
