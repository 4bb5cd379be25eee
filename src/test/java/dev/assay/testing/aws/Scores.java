package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The model behind the Comprehend stub, real time and batch: a function of the test, and how its
 * answer is written.
 *
 * @param classifier score of each class for a text
 * @param field {@code Labels} of a multi-label model, {@code Classes} of a multi-class one
 * @param top only so many of the best classes are answered
 */
record Scores(Function<String, Map<String, Double>> classifier, String field, int top) {
  /** Puts a text's classes into an answer, best first; equal ones by name. */
  void answer(String text, ObjectNode answer) {
    List<Map.Entry<String, Double>> best =
        classifier.apply(text).entrySet().stream()
            .sorted(
                Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(top)
            .toList();
    ArrayNode classes = answer.putArray(field);
    best.forEach(
        entry -> classes.addObject().put("Name", entry.getKey()).put("Score", entry.getValue()));
  }
}
