package dev.assay.rules.evidence;

import dev.assay.model.Fingerprint;
import dev.assay.rules.evidence.SqlAnalysis.Analysed;
import dev.assay.rules.plan.Measure.Lasting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Under which names facts about a table are stored. */
final class Signatures {
  private final SlicedTable table;
  private final Map<String, Analysed> analysed;
  private final Map<Fact, String> signatures = new HashMap<>();

  Signatures(SlicedTable table, List<Fact> facts, Map<String, Analysed> analysed) {
    this.table = table;
    this.analysed = analysed;
    // a table's rows are planned to find it out, which is too dear to do for every fact
    String context = EvidenceContext.of(table);
    facts.forEach(fact -> signature(context, fact).ifPresent(text -> signatures.put(fact, text)));
  }

  /** The name of a fact; empty if it means something else tomorrow. */
  Optional<String> of(Fact fact) {
    return Optional.ofNullable(signatures.get(fact));
  }

  private Optional<String> signature(String context, Fact fact) {
    Optional<Analysed> written = fact.sql().map(sql -> SqlAnalysis.required(analysed, sql));
    boolean lasting = fact.lasting() == Lasting.YES && written.map(Analysed::lasting).orElse(true);
    if (!lasting || table.storeKey().isEmpty()) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>();
    parts.add(context);
    parts.add(fact.getClass().getSimpleName() + fact.width());
    parts.add(fact.sql().orElse(""));
    parts.add(fact instanceof Fact.Bounds bounds ? bounds.of().name() : "");
    fact.columns().forEach(column -> parts.add(table.identityOf(column)));
    written.ifPresent(
        sql -> sql.columns().forEach(column -> parts.add(column + "=" + table.identityOf(column))));
    if (fact instanceof Derived derived) {
      parts.add(derived.of().getClass().getSimpleName());
      parts.add(derived.expression());
      parts.add(derived.type());
    }
    return Optional.of(Fingerprint.of(parts).hex());
  }
}
