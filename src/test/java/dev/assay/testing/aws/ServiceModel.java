package dev.assay.testing.aws;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * The official model of an AWS service, and what it says of a request.
 *
 * <p>Checked are the operation, required and unknown members, types, enumerations, patterns,
 * bounds, unions, blobs and timestamps. Not checked: what the service demands beyond its model,
 * signatures, and the parts of endpoint rules.
 *
 * <p>Of the protocols it reads awsJson, REST with JSON, and query; not REST with XML (S3), nor
 * CBOR. Safe for use by several threads.
 */
public final class ServiceModel {
  private static final Path ENVIRONMENT = Path.of(".venv/lib");
  private static final Map<String, ServiceModel> LOADED = new ConcurrentHashMap<>();

  private final Map<String, Operation> operations = new LinkedHashMap<>();
  private final RequestProtocol protocol;
  private final boolean rest;
  private final List<String> patterns;

  private ServiceModel(String service, JsonNode model) {
    model
        .path("operations")
        .fieldNames()
        .forEachRemaining(name -> operations.put(name, Operation.of(model, name)));
    this.patterns = model.path("shapes").findValuesAsText("pattern");
    JsonNode metadata = model.path("metadata");
    List<String> protocols =
        new ObjectMapper()
            .convertValue(metadata.path("protocols"), new TypeReference<List<String>>() {});
    this.rest = protocols.contains("rest-json");
    if (rest) {
      this.protocol = new RestJsonProtocol(operations);
    } else if (protocols.contains("json")) {
      this.protocol =
          new JsonProtocol(
              operations,
              metadata.path("targetPrefix").asText(),
              metadata.path("jsonVersion").asText());
    } else if (protocols.contains("query")) {
      this.protocol = new QueryProtocol(operations, metadata.path("apiVersion").asText());
    } else {
      throw new IllegalArgumentException("%s speaks only %s".formatted(service, protocols));
    }
  }

  /**
   * The newest model of a service.
   *
   * @param service as in the model's folder, for example {@code pinpoint-sms-voice-v2}
   */
  public static ServiceModel of(String service) {
    return LOADED.computeIfAbsent(service, name -> new ServiceModel(name, load(name)));
  }

  /** Reads a request as the service would, and says what is wrong with it. */
  public ModelledRequest read(RecordedRequest request) {
    return protocol.read(request);
  }

  /** What is wrong with a request; empty for a good one. */
  public List<Violation> violations(RecordedRequest request) {
    return read(request).violations();
  }

  /** What is wrong with the body of a good answer. */
  public List<Violation> answerViolations(String operation, JsonNode body) {
    ShapeChecker checker = new ShapeChecker(operation + " answer");
    operations.get(operation).output().ifPresent(shape -> checker.check("", shape, body));
    return checker.found();
  }

  /** A good answer as it goes over the wire: its headers and its body. */
  WireAnswer answer(String operation, JsonNode body) {
    return WireAnswer.of(operations.get(operation).output(), body);
  }

  /** What of a document is a member of an operation's answer. */
  ObjectNode pick(String operation, ObjectNode document) {
    return pick(operations.get(operation).output().orElseThrow(), document);
  }

  /** What of a document is a member of each element of a list in an operation's answer. */
  ObjectNode pickElement(String operation, String list, ObjectNode document) {
    Shape output = operations.get(operation).output().orElseThrow();
    return pick(output.members().get(list).part("member"), document);
  }

  /** The same of elements that are unions, for one of their members. */
  ObjectNode pickMember(String operation, String list, String member, ObjectNode document) {
    Shape output = operations.get(operation).output().orElseThrow();
    return pick(output.members().get(list).part("member").members().get(member), document);
  }

  private static ObjectNode pick(Shape shape, ObjectNode document) {
    return document.deepCopy().retain(shape.members().keySet());
  }

  /** The codes of the errors that an operation may answer with. */
  List<String> errors(String operation) {
    return operations.get(operation).errors();
  }

  /** The HTTP status of a good answer. */
  public int status(String operation) {
    return operations.get(operation).status();
  }

  /** Whether errors carry their code in a header, as REST services do, and not in the body. */
  public boolean isRest() {
    return rest;
  }

  /**
   * Patterns of the model that Java cannot read; a request with a member of such a shape could not
   * be checked.
   */
  List<String> uncheckablePatterns() {
    return patterns.stream()
        .filter(
            pattern -> {
              try {
                Pattern.compile(pattern);
                return false;
              } catch (PatternSyntaxException e) {
                return true;
              }
            })
        .toList();
  }

  private static JsonNode load(String service) {
    try (Stream<Path> versions = Files.list(data().resolve(service))) {
      Path newest = versions.filter(Files::isDirectory).sorted().reduce((a, b) -> b).orElseThrow();
      Path plain = newest.resolve("service-2.json");
      Path packed = newest.resolve("service-2.json.gz");
      try (InputStream in =
          Files.exists(plain)
              ? Files.newInputStream(plain)
              : new GZIPInputStream(Files.newInputStream(packed))) {
        return new ObjectMapper().readTree(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "there is no model of %s: %s".formatted(service, e.getMessage()), e);
    }
  }

  private static Path data() throws IOException {
    try (Stream<Path> pythons = Files.list(ENVIRONMENT)) {
      return pythons
          .map(python -> python.resolve("site-packages/botocore/data"))
          .filter(Files::isDirectory)
          .findFirst()
          .orElseThrow(
              () ->
                  new IOException(
                      "no botocore in .venv; make it with src/test/python/environment"));
    }
  }
}
