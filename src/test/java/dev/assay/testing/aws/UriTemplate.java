package dev.assay.testing.aws;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The path of an operation of a REST service, with labels in braces.
 *
 * <p>Greedy labels ({@code {key+}}) may only be the last segment, which is where models have them.
 */
record UriTemplate(List<String> segments, String fixedQuery) {
  static UriTemplate of(String uri) {
    String[] sides = uri.split("\\?", 2);
    return new UriTemplate(split(sides[0]), sides.length == 2 ? sides[1] : "");
  }

  /** The labels' values, decoded; empty if the request is not for this template. */
  Optional<Map<String, String>> match(RecordedRequest request) {
    List<String> path = split(request.path());
    if (!fixedQuery.isEmpty() && !request.query().containsKey(fixedQuery.split("=", 2)[0])) {
      return Optional.empty();
    }
    Map<String, String> labels = new LinkedHashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      if (i >= path.size()) {
        return Optional.empty();
      }
      if (segment.endsWith("+}")) {
        labels.put(
            segment.substring(1, segment.length() - 2),
            decode(String.join("/", path.subList(i, path.size()))));
        return Optional.of(labels);
      }
      if (segment.startsWith("{")) {
        labels.put(segment.substring(1, segment.length() - 1), decode(path.get(i)));
      } else if (!segment.equals(decode(path.get(i)))) {
        return Optional.empty();
      }
    }
    return path.size() == segments.size() ? Optional.of(labels) : Optional.empty();
  }

  /**
   * How many segments and parameters are fixed: of two templates that match, the one with more is
   * meant.
   */
  long fixedParts() {
    return segments.stream().filter(segment -> !segment.startsWith("{")).count()
        + (fixedQuery.isEmpty() ? 0 : 1);
  }

  private static List<String> split(String path) {
    return List.of((path.startsWith("/") ? path.substring(1) : path).split("/", -1));
  }

  /** Percent-decoding of a path, in which a plus is a plus. */
  private static String decode(String text) {
    // URLDecoder is made for forms and would make a space of it
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
