package dev.assay.rules.evidence.keys;

import dev.assay.model.Fingerprint;
import dev.assay.rules.evidence.EvidenceBlock;
import dev.assay.rules.evidence.EvidenceContext;
import dev.assay.rules.evidence.EvidenceStore;
import dev.assay.rules.evidence.Slice;
import dev.assay.rules.evidence.SliceId;
import dev.assay.rules.evidence.SlicedTable;
import dev.assay.rules.evidence.SqlAnalysis;
import dev.assay.rules.evidence.SqlAnalysis.Analysed;
import dev.assay.rules.evidence.StoredEvidence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What is kept of one key: counts of a set of slices, which slices were proven unique together, and
 * how often values occur in each slice. Of a condition that means something else tomorrow nothing
 * is kept or found.
 */
final class KeyEvidence {
  private final SlicedTable table;
  private final List<Slice> slices;
  private final EvidenceStore store;
  private final StoredEvidence stored;
  private final String signature;
  private final boolean lasting;

  KeyEvidence(SlicedTable table, EvidenceStore store, StoredEvidence stored, KeyColumns key) {
    this.table = table;
    this.slices = table.slices();
    this.store = store;
    this.stored = stored;
    List<String> parts = new ArrayList<>();
    parts.add(EvidenceContext.of(table));
    parts.add(key.where().orElse(""));
    key.names().forEach(name -> parts.add(table.identityOf(name)));
    Optional<Analysed> condition =
        key.where()
            .map(sql -> SqlAnalysis.required(SqlAnalysis.of(List.of(sql), table.schema()), sql));
    condition.ifPresent(
        where ->
            where.columns().forEach(column -> parts.add(column + "=" + table.identityOf(column))));
    this.lasting = condition.map(Analysed::lasting).orElse(true);
    this.signature = Fingerprint.of(parts).hex();
  }

  /** Different for different keys. */
  String signature() {
    return signature;
  }

  /** The counts of exactly these slices. */
  Optional<KeyCounts> counts() {
    return lasting
        ? stored.find(countsName(), allSlices(), KeyCounts.WIDTH).map(KeyCounts::of)
        : Optional.empty();
  }

  void keep(KeyCounts counts) {
    List<EvidenceBlock> blocks = new ArrayList<>();
    blocks.add(
        new EvidenceBlock(
            List.of(countsName()),
            List.of(KeyCounts.WIDTH),
            List.of(allSlices()),
            List.of(counts.values())));
    if (counts.unique()) {
      blocks.add(proof());
    }
    save(blocks);
  }

  /** All slices under the name of one proof. */
  private EvidenceBlock proof() {
    long[] names = new long[slices.size()];
    Arrays.fill(names, UUID.randomUUID().getMostSignificantBits());
    return new EvidenceBlock(
        List.of(proofName()), List.of(1), slices.stream().map(Slice::id).toList(), List.of(names));
  }

  /** The slices of the largest proof that are still here. */
  List<Slice> knownUnique() {
    Map<Long, List<Slice>> proofs = new HashMap<>();
    for (Slice slice : lasting ? slices : List.<Slice>of()) {
      stored
          .find(proofName(), slice.id(), 1)
          .ifPresent(value -> proofs.computeIfAbsent(value[0], id -> new ArrayList<>()).add(slice));
    }
    return proofs.values().stream()
        .max(Comparator.comparingLong(some -> some.stream().mapToLong(Slice::rows).sum()))
        .orElse(List.of());
  }

  /** How often values occur in the slices that were counted by value. */
  Map<SliceId, ValueTimes> times() {
    Map<SliceId, ValueTimes> known = new HashMap<>();
    for (Slice slice : lasting ? slices : List.<Slice>of()) {
      stored
          .find(timesName(), slice.id())
          .ifPresent(numbers -> known.put(slice.id(), ValueTimes.of(numbers)));
    }
    return known;
  }

  void keep(Map<SliceId, ValueTimes> times) {
    int width =
        ValueTimes.width(times.values().stream().mapToInt(ValueTimes::size).max().orElse(0));
    List<SliceId> ids = times.keySet().stream().sorted().toList();
    long[] numbers = new long[width * ids.size()];
    for (int row = 0; row < ids.size(); row++) {
      long[] value = times.getOrDefault(ids.get(row), ValueTimes.NONE).numbers();
      System.arraycopy(value, 0, numbers, row * width, value.length);
    }
    save(List.of(new EvidenceBlock(List.of(timesName()), List.of(width), ids, List.of(numbers))));
  }

  private void save(List<EvidenceBlock> blocks) {
    if (lasting) {
      table.storeKey().ifPresent(name -> store.save(name, blocks));
    }
  }

  private SliceId allSlices() {
    return SliceId.ofAll(slices.stream().map(Slice::id).toList());
  }

  private String countsName() {
    return "keys " + signature;
  }

  private String proofName() {
    return "unique " + signature;
  }

  private String timesName() {
    return "times " + signature;
  }
}
