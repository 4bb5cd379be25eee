package dev.assay.folders;

import dev.assay.lake.UnreadableInputException;
import dev.assay.model.Fingerprint;
import dev.assay.model.SourceFile;
import dev.assay.model.job.Input;
import dev.assay.rules.evidence.EvidenceBlock;
import dev.assay.rules.evidence.EvidenceStore;
import dev.assay.rules.evidence.SliceId;
import dev.assay.rules.evidence.StoredEvidence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.StructType;

/**
 * What the files of a folder say of themselves. What was learned of a file is kept as evidence, so
 * that later only new files are opened, and the first one for the columns of all.
 */
final class FolderLooks {
  private final Input.Files input;
  private final Configuration configuration;
  private final Map<SourceFile, FileLook> taken = new ConcurrentHashMap<>();
  private final Map<SourceFile, long[]> known = new LinkedHashMap<>();
  private final StructType columns;

  /**
   * Looks at the files that were not seen before.
   *
   * @param files at least one, in the order of their paths
   * @throws UnreadableInputException if a file is damaged, has another format, or other columns
   *     than the first
   */
  FolderLooks(
      Map<SliceId, SourceFile> files,
      Input.Files input,
      Configuration configuration,
      EvidenceStore store,
      String key) {
    this.input = input;
    this.configuration = configuration;
    SourceFile first = files.values().stream().sorted().findFirst().orElseThrow();
    this.columns = take(first).columns();
    String signature = Fingerprint.of("look 1", key).hex();
    StoredEvidence stored = new StoredEvidence(store.load(key));
    Map<SliceId, SourceFile> fresh = new LinkedHashMap<>();
    files.forEach(
        (id, file) -> {
          Optional<long[]> before = stored.find(signature, id, FileLook.WIDTH);
          before.ifPresentOrElse(look -> known.put(file, look), () -> fresh.put(id, file));
        });
    fresh.values().parallelStream().forEach(this::take);
    fresh.values().forEach(file -> known.put(file, take(file).kept()));
    files.values().stream().sorted().forEach(file -> requireSameColumns(first, file));
    if (!fresh.isEmpty()) {
      store.save(key, List.of(block(signature, fresh)));
    }
  }

  private EvidenceBlock block(String signature, Map<SliceId, SourceFile> fresh) {
    List<SliceId> ids = fresh.keySet().stream().sorted().toList();
    long[] values = new long[ids.size() * FileLook.WIDTH];
    for (int row = 0; row < ids.size(); row++) {
      System.arraycopy(
          look(fresh.get(ids.get(row))), 0, values, row * FileLook.WIDTH, FileLook.WIDTH);
    }
    return new EvidenceBlock(List.of(signature), List.of(FileLook.WIDTH), ids, List.of(values));
  }

  private FileLook take(SourceFile file) {
    return taken.computeIfAbsent(file, one -> FileLook.at(one, input, configuration));
  }

  private long[] look(@org.jspecify.annotations.Nullable SourceFile file) {
    long[] look = file == null ? null : known.get(file);
    if (look == null) {
      throw new IllegalStateException("nobody looked at " + file);
    }
    return look;
  }

  private void requireSameColumns(SourceFile first, SourceFile file) {
    if (FileLook.sameColumns(look(file), take(first).kept())) {
      return;
    }
    throw new UnreadableInputException(
        file.path(),
        "its columns are not those of %s: %s"
            .formatted(first.path(), difference(columns, take(file).columns())),
        "Files that are scored together have the same columns: choose them with a glob.");
  }

  private static String difference(StructType first, StructType other) {
    Map<String, String> here = new TreeMap<>(FileLook.types(other));
    for (Map.Entry<String, String> column : FileLook.types(first).entrySet()) {
      String type = here.remove(column.getKey());
      if (type == null) {
        return "'%s' is missing".formatted(column.getKey());
      }
      if (!type.equals(column.getValue())) {
        return "'%s' is %s, and %s there".formatted(column.getKey(), type, column.getValue());
      }
    }
    return here.isEmpty()
        ? "the order of fields differs"
        : "'%s' is one too many".formatted(here.keySet().iterator().next());
  }

  /** The columns of all files, in the order of the first. */
  StructType columns() {
    return columns;
  }

  /** The rows of a file; negative if only reading tells. */
  long rows(SourceFile file) {
    return look(file)[0];
  }

  /** Compressed bytes of a column; 0 if unknown. */
  long bytes(SourceFile file, String column) {
    FileLook look = taken.get(file);
    return look == null ? 0 : look.bytes().getOrDefault(column, 0L);
  }
}
