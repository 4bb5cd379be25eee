package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Lists a page at a time, with a token that means nothing to a client. */
final class DataZonePages {
  private static final int USUAL = 25;
  private static final String PREFIX = "from ";

  private DataZonePages() {}

  /**
   * The page that is asked for.
   *
   * @param all that there is; the next page begins by position
   */
  static ObjectNode of(ModelledRequest request, List<ObjectNode> all) {
    int first = Math.min(all.size(), position(request.text("nextToken")));
    int end = Math.min(all.size(), first + request.input().path("maxResults").asInt(USUAL));
    ObjectNode answer = RequestProtocol.JSON.createObjectNode();
    ArrayNode items = answer.putArray("items");
    all.subList(first, end).forEach(items::add);
    if (end < all.size()) {
      answer.put(
          "nextToken",
          Base64.getEncoder().encodeToString((PREFIX + end).getBytes(StandardCharsets.UTF_8)));
    }
    return answer;
  }

  private static int position(String token) {
    if (token.isEmpty()) {
      return 0;
    }
    try {
      String text = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
      if (text.startsWith(PREFIX)) {
        return Integer.parseInt(text.substring(PREFIX.length()));
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw DataZoneErrors.invalid("nextToken is not one of this service");
  }
}
