package dev.assay.rules.evidence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Evidence that earlier scorings kept, to be looked up by fact and slice. */
public final class StoredEvidence {
  private static final int ANY_WIDTH = -1;

  /** Where a fact's values are in a block, and which slices these are. */
  private record Place(long[] values, int width, Map<SliceId, Integer> rows) {}

  private final Map<String, List<Place>> places = new HashMap<>();

  public StoredEvidence(List<EvidenceBlock> blocks) {
    // blocks with the same slices share one index
    Map<List<SliceId>, Map<SliceId, Integer>> indexes = new HashMap<>();
    for (EvidenceBlock block : blocks) {
      Map<SliceId, Integer> rows = indexes.computeIfAbsent(block.slices(), StoredEvidence::index);
      for (int fact = 0; fact < block.signatures().size(); fact++) {
        places
            .computeIfAbsent(block.signatures().get(fact), key -> new ArrayList<>())
            .add(new Place(block.values().get(fact), block.widths().get(fact), rows));
      }
    }
  }

  private static Map<SliceId, Integer> index(List<SliceId> slices) {
    Map<SliceId, Integer> index = new HashMap<>(slices.size() * 2);
    for (int row = 0; row < slices.size(); row++) {
      index.put(slices.get(row), row);
    }
    return index;
  }

  /** The newest value that was kept, of a fact whose values differ in width. */
  public Optional<long[]> find(String signature, SliceId slice) {
    return find(signature, slice, ANY_WIDTH);
  }

  /** The newest value that was kept. */
  public Optional<long[]> find(String signature, SliceId slice, int width) {
    List<Place> candidates = places.getOrDefault(signature, List.of());
    for (int index = candidates.size() - 1; index >= 0; index--) {
      Place place = candidates.get(index);
      Integer row = place.rows().get(slice);
      if (row != null && (width == ANY_WIDTH || place.width() == width)) {
        long[] value = new long[place.width()];
        System.arraycopy(place.values(), row * place.width(), value, 0, place.width());
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }
}
