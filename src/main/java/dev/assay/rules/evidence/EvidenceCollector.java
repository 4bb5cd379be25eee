package dev.assay.rules.evidence;

import dev.assay.model.Trace;
import dev.assay.rules.evidence.SqlAnalysis.Analysed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gathers facts about a table: for each slice and fact from metadata if that is a proof, else from
 * what is stored, else by one pass over just the slices that miss something.
 */
public final class EvidenceCollector {
  private final SlicedTable table;
  private final EvidenceStore store;
  private final EvidenceOptions options;

  public EvidenceCollector(SlicedTable table, EvidenceStore store, EvidenceOptions options) {
    this.table = table;
    this.store = store;
    this.options = options;
  }

  /** Gathers. A fact whose SQL is wrong gets an error and does not disturb the others. */
  public Collected collect(Collection<Fact> wanted) {
    if (wanted.isEmpty()) {
      return new Collected(List.of(), Map.of());
    }
    Map<String, Analysed> analysed = analyse(wanted);
    List<Fact> facts = new ArrayList<>();
    Map<Fact, Collected.Answer> answers = new LinkedHashMap<>();
    for (Fact fact : new LinkedHashSet<>(wanted)) {
      Optional<String> error =
          fact.sql().flatMap(sql -> SqlAnalysis.required(analysed, sql).error());
      if (error.isPresent()) {
        answers.put(fact, new Collected.Answer(error, new long[0], List.of(), Trace.NOTHING));
      } else {
        facts.add(fact);
      }
    }
    answers.putAll(new Gathering(table, store, options, facts, analysed).answers());
    return new Collected(table.slices(), answers);
  }

  /** Where each fact would come from, and what reading for it would cost. Reads no row. */
  public Map<Fact, Trace> foresee(Collection<Fact> wanted) {
    Map<String, Analysed> analysed = analyse(wanted);
    List<Fact> sound =
        wanted.stream()
            .distinct()
            .filter(
                fact ->
                    fact.sql()
                        .map(sql -> SqlAnalysis.required(analysed, sql).error().isEmpty())
                        .orElse(true))
            .toList();
    return new Gathering(table, store, options, sound, analysed).foreseen();
  }

  /**
   * Whether reading slices for a fact may show that they have to be read once more: power sums of
   * slices whose metadata do not say where the values lie.
   */
  public boolean mayReadAgain(Fact fact) {
    return Middles.needed(fact)
        && table.slices().stream().anyMatch(slice -> !Middles.known(fact, slice));
  }

  private Map<String, Analysed> analyse(Collection<Fact> wanted) {
    List<String> texts = wanted.stream().flatMap(fact -> fact.sql().stream()).distinct().toList();
    return texts.isEmpty() ? Map.of() : SqlAnalysis.of(texts, table.schema());
  }
}
