package dev.assay.model.job;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The form with which every table is described: {@code jobs/governance/forms.yaml}, defined by
 * those who govern and filled from what the producers' jobs say.
 *
 * @param name of its type in the catalog
 * @param fields by name, what each is filled with
 */
public record MetadataForm(String name, String owner, Map<String, Fact> fields) {
  public MetadataForm {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** What a job says of its table. */
  public enum Fact {
    OWNER,
    DESCRIPTION,
    DOMAIN,
    REFRESH,
    CLASSIFICATION,
    /** Whether there is a column with data about people. */
    PERSONAL_DATA
  }

  /** The form's type, in Smithy as DataZone takes it. */
  public String smithy() {
    StringBuilder text = new StringBuilder("structure " + name + " {\n");
    fields.forEach(
        (field, fact) ->
            text.append(
                "    @amazon.datazone#searchable\n    %s: %s\n"
                    .formatted(field, fact == Fact.PERSONAL_DATA ? "Boolean" : "String")));
    return text.append("}\n").toString();
  }
}
