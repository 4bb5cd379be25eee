package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A request as its service would read it.
 *
 * @param operation as far as it could be told; empty if there is none
 * @param input every member by its name, whether it came in the path, the query, a header or the
 *     body; blobs as base64
 * @param violations what the service model says against it; empty for a good request
 */
public record ModelledRequest(String operation, ObjectNode input, List<Violation> violations) {
  public ModelledRequest {
    violations = List.copyOf(violations);
  }

  /** A member that is text; empty if it is not there. */
  public String text(String member) {
    return input.path(member).asText("");
  }
}
