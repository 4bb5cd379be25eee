package dev.assay.testing.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** How a service's requests name their operation and carry its members. */
interface RequestProtocol {
  ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  ModelledRequest read(RecordedRequest request);

  /** A request of which no operation can be told. */
  static ModelledRequest unknown(String problem) {
    return new ModelledRequest(
        "", JSON.createObjectNode(), List.of(new Violation("unknown operation", "", problem)));
  }

  /** The body as a JSON object, empty for an empty body; what it is instead goes to the checker. */
  static Optional<ObjectNode> object(byte[] body, ShapeChecker checker) {
    if (body.length == 0) {
      return Optional.of(JSON.createObjectNode());
    }
    try {
      JsonNode read = JSON.readTree(body);
      if (read instanceof ObjectNode object) {
        return Optional.of(object);
      }
      checker.report("", "the body is not a JSON object");
    } catch (JsonProcessingException e) {
      checker.report("", "the body is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Optional.empty();
  }
}
