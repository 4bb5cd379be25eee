package dev.assay.rules.evidence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Brings the evidence of a table into few blocks, without slices that are gone. */
public final class EvidenceCleaner {
  private EvidenceCleaner() {}

  /**
   * The evidence that is still good for something.
   *
   * @param blocks oldest first; of a fact and slice the newest value is kept
   * @param live slices of snapshots that still exist, and the ids of their sets
   */
  public static List<EvidenceBlock> clean(List<EvidenceBlock> blocks, Set<SliceId> live) {
    Map<String, Integer> widths = new LinkedHashMap<>();
    Map<String, Map<SliceId, long[]>> values = new LinkedHashMap<>();
    for (EvidenceBlock block : blocks) {
      for (int fact = 0; fact < block.signatures().size(); fact++) {
        String signature = block.signatures().get(fact);
        int width = block.widths().get(fact);
        // narrower values are filled up with zeros
        widths.merge(signature, width, Math::max);
        Map<SliceId, long[]> ofFact =
            values.computeIfAbsent(signature, key -> new LinkedHashMap<>());
        for (int row = 0; row < block.slices().size(); row++) {
          if (live.contains(block.slices().get(row))) {
            long[] value = new long[width];
            System.arraycopy(block.values().get(fact), row * width, value, 0, width);
            ofFact.put(block.slices().get(row), value);
          }
        }
      }
    }
    Map<List<SliceId>, List<String>> bySlices = new LinkedHashMap<>();
    values.forEach(
        (signature, ofFact) -> {
          if (!ofFact.isEmpty()) {
            bySlices
                .computeIfAbsent(
                    ofFact.keySet().stream().sorted().toList(), key -> new ArrayList<>())
                .add(signature);
          }
        });
    List<EvidenceBlock> clean = new ArrayList<>();
    bySlices.forEach((slices, signatures) -> clean.add(block(slices, signatures, widths, values)));
    return clean;
  }

  private static EvidenceBlock block(
      List<SliceId> slices,
      List<String> signatures,
      Map<String, Integer> widths,
      Map<String, Map<SliceId, long[]>> values) {
    List<long[]> matrix = new ArrayList<>();
    for (String signature : signatures) {
      int width = widths.getOrDefault(signature, 0);
      Map<SliceId, long[]> ofFact = values.getOrDefault(signature, Map.of());
      long[] column = new long[slices.size() * width];
      for (int row = 0; row < slices.size(); row++) {
        long[] value = ofFact.getOrDefault(slices.get(row), new long[width]);
        System.arraycopy(value, 0, column, row * width, value.length);
      }
      matrix.add(column);
    }
    return new EvidenceBlock(
        signatures,
        signatures.stream().map(signature -> widths.getOrDefault(signature, 0)).toList(),
        slices,
        matrix);
  }
}
