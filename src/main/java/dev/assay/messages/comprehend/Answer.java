package dev.assay.messages.comprehend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.message.ReviewReason;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * What the service said about a text.
 *
 * @param hash of the text
 * @param categories confidences; what was not reported is not in
 * @param truncated whether only the beginning was asked about
 * @param refused whether the service does not take this text
 */
record Answer(String hash, Map<String, Double> categories, boolean truncated, boolean refused)
    implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final ObjectMapper JSON = new ObjectMapper();

  Answer {
    categories = new TreeMap<>(categories);
  }

  static Answer refusal(String hash, boolean truncated) {
    return new Answer(hash, Map.of(), truncated, true);
  }

  /** One line of JSON, without its end. */
  String line() {
    ObjectNode line = JSON.createObjectNode().put("hash", hash);
    ObjectNode confidences = line.putObject("categories");
    categories.forEach(confidences::put);
    return line.put("truncated", truncated).put("refused", refused).toString();
  }

  /** The answer of such a line; empty if it was torn. */
  static Optional<Answer> parse(String line) {
    JsonNode read;
    try {
      read = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      // a process died while it wrote this line
      return Optional.empty();
    }
    if (!read.hasNonNull("hash") || !read.has("refused")) {
      return Optional.empty();
    }
    Map<String, Double> categories = new TreeMap<>();
    read.path("categories")
        .fields()
        .forEachRemaining(entry -> categories.put(entry.getKey(), entry.getValue().asDouble()));
    return Optional.of(
        new Answer(
            read.path("hash").asText(),
            categories,
            read.path("truncated").asBoolean(),
            read.path("refused").asBoolean()));
  }

  /** A row of {@link dev.assay.messages.Classifier#ANSWERS}. */
  Row row(String by) {
    return RowFactory.create(
        hash,
        scala.collection.JavaConverters.mapAsScalaMap(categories),
        new String[0],
        truncated,
        refused ? ReviewReason.REFUSED.name() : null,
        by);
  }
}
