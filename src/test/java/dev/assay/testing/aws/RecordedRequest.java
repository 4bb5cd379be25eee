package dev.assay.testing.aws;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One HTTP request as it was on the wire.
 *
 * @param target path and query, still percent-encoded, as in the request line
 * @param headers names in any case
 */
public record RecordedRequest(
    String method, String target, Map<String, List<String>> headers, byte[] body) {
  private static final Pattern CREDENTIAL =
      Pattern.compile("Credential=[^/]*/\\d{8}/[^/]*/([^/]+)/aws4_request");

  public RecordedRequest {
    Map<String, List<String>> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, values) -> sorted.put(name, List.copyOf(values)));
    headers = sorted;
  }

  /** The first value of a header, whatever the case of its name. */
  public Optional<String> header(String name) {
    return headers.getOrDefault(name, List.of()).stream().findFirst();
  }

  /** The path without the query, still percent-encoded. */
  public String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** Query parameters, decoded, in the order of the first of each name. */
  public Map<String, List<String>> query() {
    int query = target.indexOf('?');
    return query < 0 ? Map.of() : parameters(target.substring(query + 1));
  }

  /** The body as a form's parameters. */
  public Map<String, List<String>> form() {
    return parameters(text());
  }

  /** The body as UTF-8 text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The media type without its parameters, in lower case; empty without the header. */
  public String contentType() {
    return header("Content-Type")
        .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
        .orElse("");
  }

  /** The service that the request was signed for; empty for one that is not signed. */
  public Optional<String> signedFor() {
    Matcher matcher = CREDENTIAL.matcher(header("Authorization").orElse(""));
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static Map<String, List<String>> parameters(String text) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String part : text.split("&")) {
      if (!part.isEmpty()) {
        String[] sides = part.split("=", 2);
        parameters
            .computeIfAbsent(decode(sides[0]), name -> new ArrayList<>())
            .add(sides.length == 2 ? decode(sides[1]) : "");
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
