package dev.assay.rules.evidence;

import dev.assay.model.Fingerprint;
import dev.assay.model.Trace;
import dev.assay.rules.evidence.SqlAnalysis.Analysed;
import dev.assay.rules.plan.Measure.Lasting;
import dev.assay.rules.plan.RangeTest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers facts about a table: for each slice and fact from metadata if that is a proof, else from
 * what is stored, else by one pass over just the slices that miss something.
 */
public final class EvidenceCollector {
  private static final Logger LOG = LoggerFactory.getLogger(EvidenceCollector.class);

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
      Optional<String> error = fact.sql().flatMap(sql -> required(analysed, sql).error());
      if (error.isPresent()) {
        answers.put(fact, new Collected.Answer(error, new long[0], List.of(), Trace.NOTHING));
      } else {
        facts.add(fact);
      }
    }
    answers.putAll(new Gathering(facts, analysed).answers());
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
                    fact.sql().map(sql -> required(analysed, sql).error().isEmpty()).orElse(true))
            .toList();
    return new Gathering(sound, analysed).foreseen();
  }

  private Map<String, Analysed> analyse(Collection<Fact> wanted) {
    List<String> texts = wanted.stream().flatMap(fact -> fact.sql().stream()).distinct().toList();
    return texts.isEmpty() ? Map.of() : SqlAnalysis.of(texts, table.schema());
  }

  private static Analysed required(Map<String, Analysed> analysed, String sql) {
    return Objects.requireNonNull(analysed.get(sql), "analysed");
  }

  /** One gathering: a matrix of facts and slices that is filled from three sources. */
  private final class Gathering {
    private final List<Fact> facts;
    private final Set<Fact> asked;
    private final Map<String, Analysed> analysed;
    private final Map<Fact, String> signatures = new HashMap<>();
    // a table's rows are planned to find it out, which is too dear to do for every fact
    private final String context = EvidenceContext.of(table);
    private final List<Slice> slices = table.slices();
    private final StoredEvidence stored;
    private final long[][][] values;
    private final Source[][] sources;
    private final Map<Fact, String> errors = new HashMap<>();
    private long passMillis;
    private final int[] scans;

    Gathering(List<Fact> facts, Map<String, Analysed> analysed) {
      this.asked = Set.copyOf(facts);
      this.facts = withBounds(facts);
      this.analysed = analysed;
      this.stored =
          new StoredEvidence(
              options.stored() ? table.storeKey().map(store::load).orElse(List.of()) : List.of());
      this.values = new long[this.facts.size()][slices.size()][];
      this.sources = new Source[this.facts.size()][slices.size()];
      this.scans = new int[this.facts.size()];
      for (Fact fact : this.facts) {
        signature(fact).ifPresent(text -> signatures.put(fact, text));
      }
    }

    /**
     * What speaks of the present is not worth storing, but the bounds of its column are: they
     * answer the same question tomorrow.
     */
    private List<Fact> withBounds(List<Fact> wanted) {
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
          Optional.ofNullable(signatures.get(fact))
              .flatMap(text -> stored.find(text, slice, fact.width()));
      if (exact.isPresent()) {
        return exact;
      }
      return boundsFor(fact)
          .flatMap(
              bounds ->
                  Optional.ofNullable(signatures.get(bounds))
                      .flatMap(text -> stored.find(text, slice, bounds.width())))
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
      List<Fact> taken = group.stream().map(facts::get).toList();
      List<Slice> read = members.stream().map(slices::get).toList();
      Map<SliceId, List<long[]>> found;
      try {
        found = new SliceScan(table).take(read, taken, firstColumns(taken));
      } catch (Exception e) {
        // Scala throws Spark's checked exceptions without declaring them
        table
            .refusal(e)
            .ifPresent(
                refusal -> {
                  throw refusal;
                });
        return broken(group, members, e);
      } finally {
        passMillis += (System.nanoTime() - start) / 1_000_000;
      }
      for (int position = 0; position < group.size(); position++) {
        int fact = group.get(position);
        scans[fact]++;
        for (int slice : members) {
          values[fact][slice] =
              Objects.requireNonNull(found.get(slices.get(slice).id())).get(position);
          sources[fact][slice] = Source.SCAN;
        }
      }
      return block(group, members);
    }

    /** One fact that cannot be computed breaks its whole query: the others get another one. */
    private List<EvidenceBlock> broken(
        List<Integer> group, List<Integer> members, Exception failure) {
      boolean blameless = group.stream().allMatch(fact -> facts.get(fact).sql().isEmpty());
      if (group.size() == 1 || blameless) {
        LOG.warn("A fact could not be computed: {}", failure.getClass().getName(), failure);
        group.forEach(fact -> errors.put(facts.get(fact), SafeMessage.of(failure)));
        return List.of();
      }
      List<Integer> plain = group.stream().filter(fact -> facts.get(fact).sql().isEmpty()).toList();
      List<Integer> written =
          group.stream().filter(fact -> facts.get(fact).sql().isPresent()).toList();
      List<EvidenceBlock> blocks = new ArrayList<>();
      if (!plain.isEmpty()) {
        blocks.addAll(scan(plain, members));
        blocks.addAll(scan(written, members));
      } else {
        blocks.addAll(scan(written.subList(0, written.size() / 2), members));
        blocks.addAll(scan(written.subList(written.size() / 2, written.size()), members));
      }
      return blocks;
    }

    private List<EvidenceBlock> block(List<Integer> group, List<Integer> members) {
      List<Integer> lasting =
          group.stream().filter(fact -> signatures.containsKey(facts.get(fact))).toList();
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
              lasting.stream()
                  .map(fact -> Objects.requireNonNull(signatures.get(facts.get(fact))))
                  .toList(),
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
      List<String> columns = columns(fact);
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
      return new Collected.Answer(
          Optional.empty(),
          merged,
          java.util.Arrays.asList(values[index]),
          new Trace(counts[0], counts[1], counts[2], rows, bytes, scans[index] == 0 ? 0 : millis));
    }

    private List<String> columns(Fact fact) {
      Set<String> columns = new LinkedHashSet<>(fact.columns());
      fact.sql().ifPresent(sql -> columns.addAll(required(analysed, sql).columns()));
      return List.copyOf(columns);
    }

    private Map<Fact, String> firstColumns(List<Fact> taken) {
      Map<Fact, String> first = new HashMap<>();
      for (Fact fact : taken) {
        columns(fact).stream().findFirst().ifPresent(column -> first.put(fact, column));
      }
      return first;
    }

    /** Under which name a fact is stored; empty if it means something else tomorrow. */
    private Optional<String> signature(Fact fact) {
      boolean lasting =
          fact.lasting() == Lasting.YES
              && fact.sql().map(sql -> required(analysed, sql).lasting()).orElse(true);
      if (!lasting || table.storeKey().isEmpty()) {
        return Optional.empty();
      }
      List<String> parts = new ArrayList<>();
      parts.add(context);
      parts.add(fact.getClass().getSimpleName() + fact.width());
      parts.add(fact.sql().orElse(""));
      parts.add(fact instanceof Fact.Bounds bounds ? bounds.of().name() : "");
      fact.columns().forEach(column -> parts.add(table.identityOf(column)));
      fact.sql()
          .ifPresent(
              sql ->
                  required(analysed, sql)
                      .columns()
                      .forEach(column -> parts.add(column + "=" + table.identityOf(column))));
      return Optional.of(Fingerprint.of(parts).hex());
    }
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
