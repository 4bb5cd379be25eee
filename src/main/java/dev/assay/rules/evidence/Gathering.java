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

  private static final Fact.Rows ROWS = new Fact.Rows();

  private enum Source {
    METADATA,
    STORED,
    SCAN,
    /** Metadata say that it is all rows, and these were counted. */
    COUNTED
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
  private final boolean[][] allRowsLeft;
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
    this.facts = withHelpers(facts, slices);
    this.analysed = analysed;
    this.signatures = new Signatures(table, this.facts, analysed);
    this.stored =
        new StoredEvidence(
            options.stored() ? table.storeKey().map(store::load).orElse(List.of()) : List.of());
    this.values = new long[this.facts.size()][slices.size()][];
    this.sources = new Source[this.facts.size()][slices.size()];
    this.allRowsLeft = new boolean[this.facts.size()][slices.size()];
    this.scans = new int[this.facts.size()];
  }

  /**
   * What speaks of the present is not worth storing, but the bounds of its column are: they answer
   * the same question tomorrow. Where deletes took rows, the number of those left answers whatever
   * metadata says of every row.
   */
  private static List<Fact> withHelpers(List<Fact> wanted, List<Slice> slices) {
    Set<Fact> all = new LinkedHashSet<>(wanted);
    wanted.forEach(fact -> boundsFor(fact).ifPresent(all::add));
    if (!slices.stream().allMatch(Slice::exact)) {
      all.add(ROWS);
    }
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
    takeCounts(Source.COUNTED);
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
    takeCounts(Source.STORED);
  }

  /** What is all rows of a slice, where these are known by now. */
  private void takeCounts(Source source) {
    int rows = facts.indexOf(ROWS);
    for (int fact = 0; fact < facts.size(); fact++) {
      for (int slice = 0; slice < slices.size(); slice++) {
        if (allRowsLeft[fact][slice]
            && sources[fact][slice] == null
            && sources[rows][slice] != null) {
          values[fact][slice] = values[rows][slice].clone();
          sources[fact][slice] = source;
        }
      }
    }
  }

  Map<Fact, Collected.Answer> answers() {
    withoutReading();
    Map<List<Integer>, List<Integer>> missing = missing();
    List<EvidenceBlock> blocks = new ArrayList<>();
    missing.forEach((group, members) -> blocks.addAll(scan(group, members)));
    takeCounts(Source.COUNTED);
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
    if (found.isEmpty() && options.metadata()) {
      found = ofRowsLeft(index, slice);
      source = Source.METADATA;
    }
    if (found.isPresent()) {
      values[index][slice] = found.get();
      sources[index][slice] = source;
    }
  }

  /** Nothing, if metadata say so; a fact that is all rows waits until they are counted. */
  private Optional<long[]> ofRowsLeft(int index, int slice) {
    Optional<MetadataProof.Share> share =
        MetadataProof.ofRowsLeft(facts.get(index), slices.get(slice));
    allRowsLeft[index][slice] = share.filter(MetadataProof.Share.ALL::equals).isPresent();
    return share.isEmpty() || allRowsLeft[index][slice]
        ? Optional.empty()
        : Optional.of(new long[facts.get(index).width()]);
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
        if (lacks(fact, slice) && !unneeded(fact, slice)) {
          lacking.add(fact);
        }
      }
      if (!lacking.isEmpty()) {
        groups.computeIfAbsent(lacking, key -> new ArrayList<>()).add(slice);
      }
    }
    return groups.size() <= MOST_GROUPS ? groups : together(groups);
  }

  private boolean lacks(int fact, int slice) {
    return sources[fact][slice] == null && !allRowsLeft[fact][slice];
  }

  /** What was only added for other facts, which are known already. */
  private boolean unneeded(int index, int slice) {
    Fact helper = facts.get(index);
    if (asked.contains(helper)) {
      return false;
    }
    for (int fact = 0; fact < facts.size(); fact++) {
      boolean helps =
          helper.equals(ROWS)
              ? allRowsLeft[fact][slice]
              : boundsFor(facts.get(fact)).filter(helper::equals).isPresent() && lacks(fact, slice);
      if (helps && sources[fact][slice] == null) {
        return false;
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
        // a helper that nobody needed after all
        continue;
      }
      fact.merge(merged, value);
      Source source = Objects.requireNonNull(sources[index][slice]);
      counts[source.ordinal()]++;
      Slice read = slices.get(slice);
      if (source == Source.SCAN || source == Source.COUNTED) {
        rows += Math.max(0, read.rows());
      }
      if (source == Source.SCAN) {
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
        new Trace(
            counts[Source.METADATA.ordinal()],
            counts[Source.STORED.ordinal()],
            counts[Source.SCAN.ordinal()] + counts[Source.COUNTED.ordinal()],
            rows,
            bytes,
            scans[index] == 0 ? 0 : millis));
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
