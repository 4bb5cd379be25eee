package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Lists as the Comprehend stub answers them: a page at a time, with a token for the next one. */
final class Pages {
  private static final int USUAL = 100;

  private Pages() {}

  /**
   * The page that is asked for.
   *
   * @param member of the answer that holds the list
   * @param all that there is; the next page begins by position
   */
  static ObjectNode of(ModelledRequest request, String member, List<ObjectNode> all) {
    String token = request.text("NextToken");
    int first = token.isEmpty() ? 0 : Integer.parseInt(token);
    int end = Math.min(all.size(), first + request.input().path("MaxResults").asInt(USUAL));
    ObjectNode answer = RequestProtocol.JSON.createObjectNode();
    ArrayNode page = answer.putArray(member);
    all.subList(first, end).forEach(page::add);
    if (end < all.size()) {
      answer.put("NextToken", Integer.toString(end));
    }
    return answer;
  }
}
