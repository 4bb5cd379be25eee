package dev.assay.pipeline;

import dev.assay.model.SourceFile;
import java.util.Set;
import java.util.stream.Collectors;

/** The files that runs have read, under whatever name they had then. */
final class ReadFiles {
  private final Set<String> read;
  private final Set<String> paths;
  private final ShownFiles names;
  private final boolean tokens;

  /**
   * @param read what runs have read, as the ledger has it
   */
  ReadFiles(Set<String> read, ShownFiles names) {
    this.read = Set.copyOf(read);
    this.paths = read.stream().map(ReadFiles::path).collect(Collectors.toSet());
    this.names = names;
    this.tokens = names.hidden() || read.stream().anyMatch(ShownFiles::isToken);
  }

  /** Whether a run has read the file as it is. */
  boolean has(SourceFile file) {
    return names.ever(file, tokens).stream().map(SourceFile::identity).anyMatch(read::contains);
  }

  /** Whether a run has read a file of that name, as it is or as it was before. */
  boolean hasPath(SourceFile file) {
    return names.ever(file, tokens).stream().map(SourceFile::path).anyMatch(paths::contains);
  }

  /** Of path, size and time. */
  private static String path(String identity) {
    int time = identity.lastIndexOf('|');
    int size = time < 0 ? -1 : identity.lastIndexOf('|', time - 1);
    return size < 0 ? identity : identity.substring(0, size);
  }
}
