package dev.assay.messages.comprehend;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.comprehend.model.ClassifyDocumentResponse;

/** Categories in answers of multi-class and multi-label models; the compliant label is none. */
final class Reported {
  private Reported() {}

  static Map<String, Double> in(ClassifyDocumentResponse answer, String compliant) {
    Map<String, Double> categories = new TreeMap<>();
    answer.classes().forEach(each -> categories.put(each.name(), (double) each.score()));
    answer.labels().forEach(each -> categories.put(each.name(), (double) each.score()));
    categories.remove(compliant);
    return categories;
  }

  static Map<String, Double> in(JsonNode prediction, String compliant) {
    Map<String, Double> categories = new TreeMap<>();
    for (String field : new String[] {"Classes", "Labels"}) {
      prediction
          .path(field)
          .forEach(
              each -> categories.put(each.path("Name").asText(), each.path("Score").asDouble()));
    }
    categories.remove(compliant);
    return categories;
  }
}
