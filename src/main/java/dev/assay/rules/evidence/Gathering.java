package dev.assay.rules.evidence;

import dev.assay.model.Trace;
import dev.assay.rules.evidence.SqlAnalysis.Analysed;
import dev.assay.rules.plan.Measure.Lasting;
import dev.assay.rules.plan.RangeTest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** One gathering: a matrix of facts and slices that is filled from three sources. */
final class Gathering {
  /** Slices that miss different facts are read by queries of their own, but not by many. */
  private static final int MOST_GROUPS = 4;

  private enum Source {
    METADATA,
    STORED,
    SCAN
  }

  private final SlicedTable table;
  private final EvidenceStore store;
  private final EvidenceOptions options;
  private final List<Fact> facts;
  private final Set<Fact> asked;
  private final Map<String, Analysed> analysed;
  private final Signatures signatures;
  private final List<Slice> slices;
  private final StoredEvidence stored;
  private final long[][][] values;
  private final Source[][] sources;
  private final Map<Fact, String> errors = new HashMap<>();
  private final Map<Fact, List<Slice>> again = new HashMap<>();
  private long passMillis;
  private final int[] scans;

  Gathering(
      SlicedTable table,
      EvidenceStore store,
      EvidenceOptions options,
      List<Fact> facts,
      Map<String, Analysed> analysed) {
    this.table = table;
    this.store = store;
    this.options = options;
    this.slices = table.slices();
    this.asked = Set.copyOf(facts);
    this.facts = withBounds(facts);
    this.analysed = analysed;
    this.signatures = new Signatures(table, this.facts, analysed);
    this.stored =
        new StoredEvidence(
            options.stored() ? table.storeKey().map(store::load).orElse(List.of()) : List.of());
    this.values = new long[this.facts.size()][slices.size()][];
    this.sources = new Source[this.facts.size()][slices.size()];
    this.scans = new int[this.facts.size()];
  }

  /**
   * What speaks of the present is not worth storing, but the bounds of its column are: they answer
   * the same question tomorrow.
   */
  private static List<Fact> withBounds(List<Fact> wanted) {
    Set<Fact> all = new LinkedHashSet<>(wanted);
    wanted.forEach(fact -> boundsFor(fact).ifPresent(all::add));
    return List.copyOf(all);
  }

  Map<Fact, Trace> foreseen() {
    withoutReading();
    missing()
        .forEach(
            (group, members) ->
                group.forEach(
                    fact ->
                        members.forEach(
                            slice -> {
                              values[fact][slice] = new long[facts.get(fact).width()];
                              sources[fact][slice] = Source.SCAN;
                            })));
    Map<Fact, Trace> traces = new LinkedHashMap<>();
    for (int fact = 0; fact < facts.size(); fact++) {
      traces.put(facts.get(fact), answer(fact, 0).trace());
    }
    return traces;
  }

  private void withoutReading() {
    for (int fact = 0; fact < facts.size(); fact++) {
      for (int slice = 0; slice < slices.size(); slice++) {
        withoutReading(fact, slice);
      }
    }
  }

  Map<Fact, Collected.Answer> answers() {
    withoutReading();
    Map<List<Integer>, List<Integer>> missing = missing();
    List<EvidenceBlock> blocks = new ArrayList<>();
    missing.forEach((group, members) -> blocks.addAll(scan(group, members)));
    if (!blocks.isEmpty() && table.storeKey().isPresent()) {
      store.save(table.storeKey().get(), blocks);
    }
    Map<Fact, Collected.Answer> answers = new LinkedHashMap<>();
    int shared = java.util.Arrays.stream(scans).sum();
    for (int index = 0; index < facts.size(); index++) {
      answers.put(facts.get(index), answer(index, shared == 0 ? 0 : passMillis / shared));
    }
    return answers;
  }

  private void withoutReading(int index, int slice) {
    Fact fact = facts.get(index);
    Optional<long[]> found =
        options.metadata() ? MetadataProof.of(fact, slices.get(slice)) : Optional.<long[]>empty();
    Source source = Source.METADATA;
    if (found.isEmpty()) {
      found = fromStore(fact, slices.get(slice).id());
      source = Source.STORED;
    }
    if (found.isPresent()) {
      values[index][slice] = found.get();
      sources[index][slice] = source;
    }
  }

  private Optional<long[]> fromStore(Fact fact, SliceId slice) {
    Optional<long[]> exact =
        signatures.of(fact).flatMap(text -> stored.find(text, slice, fact.width()));
    if (exact.isPresent()) {
      return exact;
    }
    return boundsFor(fact)
        .flatMap(
            bounds ->
                signatures.of(bounds).flatMap(text -> stored.find(text, slice, bounds.width())))
        .flatMap(bounds -> MetadataProof.matching((Fact.Matches) fact, metadata(bounds)));
  }

  /** Which facts are missing → the slices that miss just these. */
  private Map<List<Integer>, List<Integer>> missing() {
    Map<List<Integer>, List<Integer>> groups = new LinkedHashMap<>();
    for (int slice = 0; slice < slices.size(); slice++) {
      List<Integer> lacking = new ArrayList<>();
      for (int fact = 0; fact < facts.size(); fact++) {
        if (sources[fact][slice] == null && !unneeded(fact, slice)) {
          lacking.add(fact);
        }
      }
      if (!lacking.isEmpty()) {
        groups.computeIfAbsent(lacking, key -> new ArrayList<>()).add(slice);
      }
    }
    return groups.size() <= MOST_GROUPS ? groups : together(groups);
  }

  /** Bounds that were only added for another fact, which is known already. */
  private boolean unneeded(int index, int slice) {
    if (asked.contains(facts.get(index))) {
      return false;
    }
    Fact bounds = facts.get(index);
    for (int fact = 0; fact < facts.size(); fact++) {
      if (boundsFor(facts.get(fact)).filter(found -> found.equals(bounds)).isPresent()) {
        if (sources[fact][slice] == null) {
          return false;
        }
      }
    }
    return true;
  }

  private Map<List<Integer>, List<Integer>> together(Map<List<Integer>, List<Integer>> groups) {
    List<Integer> lacking =
        groups.keySet().stream().flatMap(List::stream).distinct().sorted().toList();
    List<Integer> members = groups.values().stream().flatMap(List::stream).sorted().toList();
    return Map.of(lacking, members);
  }

  private List<EvidenceBlock> scan(List<Integer> group, List<Integer> members) {
    long start = System.nanoTime();
    CarefulScan.Found found =
        new CarefulScan(table, analysed)
            .take(
                members.stream().map(slices::get).toList(),
                group.stream().map(facts::get).toList());
    passMillis += (System.nanoTime() - start) / 1_000_000;
    errors.putAll(found.errors());
    found
        .again()
        .forEach(
            (fact, read) -> again.computeIfAbsent(fact, key -> new ArrayList<>()).addAll(read));
    List<Integer> computed = new ArrayList<>();
    for (int fact : group) {
      Map<SliceId, long[]> ofFact = found.values().get(facts.get(fact));
      if (ofFact != null && !found.errors().containsKey(facts.get(fact))) {
        computed.add(fact);
        scans[fact]++;
        for (int slice : members) {
          values[fact][slice] = Objects.requireNonNull(ofFact.get(slices.get(slice).id()));
          sources[fact][slice] = Source.SCAN;
        }
      }
    }
    return block(computed, members);
  }

  private List<EvidenceBlock> block(List<Integer> group, List<Integer> members) {
    List<Integer> lasting =
        group.stream().filter(fact -> signatures.of(facts.get(fact)).isPresent()).toList();
    if (lasting.isEmpty()) {
      return List.of();
    }
    List<long[]> matrix = new ArrayList<>();
    for (int fact : lasting) {
      int width = facts.get(fact).width();
      long[] column = new long[members.size() * width];
      for (int row = 0; row < members.size(); row++) {
        System.arraycopy(values[fact][members.get(row)], 0, column, row * width, width);
      }
      matrix.add(column);
    }
    return List.of(
        new EvidenceBlock(
            lasting.stream().map(fact -> signatures.of(facts.get(fact)).orElseThrow()).toList(),
            lasting.stream().map(fact -> facts.get(fact).width()).toList(),
            members.stream().map(slice -> slices.get(slice).id()).toList(),
            matrix));
  }

  private Collected.Answer answer(int index, long millis) {
    Fact fact = facts.get(index);
    if (errors.containsKey(fact)) {
      return new Collected.Answer(
          Optional.of(Objects.requireNonNull(errors.get(fact))),
          new long[0],
          List.of(),
          Trace.NOTHING);
    }
    long[] merged = new long[fact.width()];
    List<String> columns = SqlAnalysis.columns(fact, analysed);
    int[] counts = new int[Source.values().length];
    long rows = 0;
    long bytes = 0;
    for (int slice = 0; slice < slices.size(); slice++) {
      long[] value = values[index][slice];
      if (value == null) {
        // bounds that nobody needed after all
        continue;
      }
      fact.merge(merged, value);
      Source source = Objects.requireNonNull(sources[index][slice]);
      counts[source.ordinal()]++;
      if (source == Source.SCAN) {
        Slice read = slices.get(slice);
        rows += Math.max(0, read.rows());
        bytes += columns.stream().mapToLong(read.metadata()::bytes).sum();
      }
    }
    for (Slice read : again.getOrDefault(fact, List.of())) {
      rows += Math.max(0, read.rows());
      bytes += columns.stream().mapToLong(read.metadata()::bytes).sum();
    }
    return new Collected.Answer(
        Optional.empty(),
        merged,
        java.util.Arrays.asList(values[index]),
        new Trace(counts[0], counts[1], counts[2], rows, bytes, scans[index] == 0 ? 0 : millis));
  }

  private static Optional<Fact.Bounds> boundsFor(Fact fact) {
    return fact instanceof Fact.Matches matches && matches.lasting() == Lasting.NO
        ? matches
            .range()
            .map(RangeTest::column)
            .map(column -> new Fact.Bounds(column, Optional.empty(), Fact.Bounds.Of.WHOLE))
        : Optional.empty();
  }

  private static ColumnMetadata metadata(long[] bounds) {
    return new ColumnMetadata(
        bounds[0],
        bounds[0] == 0
            ? Optional.empty()
            : Optional.of(
                new ColumnMetadata.Bounds(
                    BigDecimal.valueOf(bounds[1]), BigDecimal.valueOf(bounds[2]))));
  }
}
