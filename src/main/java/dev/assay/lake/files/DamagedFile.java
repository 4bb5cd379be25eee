package dev.assay.lake.files;

import dev.assay.lake.UnreadableInputException;
import dev.assay.model.SourceFile;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** Finds out which file a failed read was about. */
public final class DamagedFile {
  private DamagedFile() {}

  /** The file among those read that an exception, or one of its causes, names. */
  public static Optional<SourceFile> in(Throwable failure, List<SourceFile> files) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnreadableInputException unreadable) {
        return files.stream().filter(file -> same(file, unreadable.file())).findFirst();
      }
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      for (SourceFile file : files) {
        if (message.contains(plain(file.path())) || message.contains(plain(encoded(file)))) {
          return Optional.of(file);
        }
      }
    }
    return Optional.empty();
  }

  /** What to say of a damaged file, whatever the reader said of it. */
  public static UnreadableInputException unreadable(String shownAs, Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new UnreadableInputException(
        shownAs,
        "the file breaks off or is damaged (%s)".formatted(root.getClass().getSimpleName()),
        "Ask its producer for a new one; a job goes on without it with on-corrupt-file: set-aside.");
  }

  private static boolean same(SourceFile file, String path) {
    return plain(file.path()).equals(plain(path));
  }

  /** As Spark writes it in messages. */
  private static String encoded(SourceFile file) {
    return new Path(file.path()).toUri().toString();
  }

  /** The path without the scheme of local files, which is written in several ways. */
  private static String plain(String path) {
    return path.startsWith("file:") ? path.replaceFirst("file:/+", "/") : path;
  }
}
