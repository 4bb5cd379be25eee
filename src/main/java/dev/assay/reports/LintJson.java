package dev.assay.reports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.assay.rules.lint.Remark;
import java.util.List;
import java.util.Map;

/** What a linter found, as one JSON list. */
public final class LintJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private LintJson() {}

  public static String of(Map<String, List<Remark>> byFile) {
    ArrayNode list = JSON.createArrayNode();
    byFile.forEach(
        (file, remarks) ->
            remarks.forEach(
                remark ->
                    list.addObject()
                        .put("file", file)
                        .put("line", remark.position().line())
                        .put("column", remark.position().column())
                        .put("severity", remark.severity().name())
                        .put("kind", remark.kind().name())
                        .put("rule", remark.rule())
                        .put("what", remark.what())
                        .put("why", remark.why())
                        .put("remedy", remark.remedy())));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(list);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values is always JSON", e);
    }
  }
}
