package dev.assay.lake.files;

import dev.assay.lake.UnreadableInputException;
import dev.assay.model.AssayException;
import dev.assay.model.Outage;
import dev.assay.model.SourceFile;
import java.util.Comparator;
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
      Optional<SourceFile> named =
          files.stream()
              .filter(file -> names(message, plain(file.path())) || names(message, encoded(file)))
              // of "a b" and "a" in a message about "a b", it is about the longer
              .max(Comparator.comparingInt(file -> file.path().length()));
      if (named.isPresent()) {
        return named;
      }
    }
    return Optional.empty();
  }

  /** What to say of a file that could not be read: damaged, unless storage gave no answer. */
  public static AssayException unreadable(String shownAs, Throwable failure) {
    return Outage.noAnswer(failure)
        .orElseGet(
            () ->
                new UnreadableInputException(
                    shownAs,
                    "the file breaks off or is damaged (%s)"
                        .formatted(root(failure).getClass().getSimpleName()),
                    "Ask its producer for a new one; a job goes on without it with on-corrupt-file: set-aside."));
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /** Whether a message holds a path, and not only as a part of a longer one. */
  private static boolean names(String message, String path) {
    for (int at = message.indexOf(path); at >= 0; at = message.indexOf(path, at + 1)) {
      int end = at + path.length();
      boolean begins = at == 0 || !isOfPath(message.charAt(at - 1));
      if (begins && (end == message.length() || !goesOn(message, end))) {
        return true;
      }
    }
    return false;
  }

  private static boolean goesOn(String message, int at) {
    char next = message.charAt(at);
    // the dot of an ending, not that of a sentence
    return isOfPath(next)
        || next == '/'
        || (next == '.' && at + 1 < message.length() && isOfPath(message.charAt(at + 1)));
  }

  private static boolean isOfPath(char character) {
    return Character.isLetterOrDigit(character) || "_-=%+~@#".indexOf(character) >= 0;
  }

  private static boolean same(SourceFile file, String path) {
    return plain(file.path()).equals(plain(path));
  }

  /** As Spark writes it in messages. */
  private static String encoded(SourceFile file) {
    return plain(new Path(file.path()).toUri().toString());
  }

  /** The path without the scheme of local files, which is written in several ways. */
  private static String plain(String path) {
    return path.startsWith("file:") ? path.replaceFirst("file:/+", "/") : path;
  }
}
