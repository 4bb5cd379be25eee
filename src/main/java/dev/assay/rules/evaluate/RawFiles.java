package dev.assay.rules.evaluate;

import dev.assay.model.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** The files that rules about files speak of. Knows nothing of rules. */
public interface RawFiles {
  /** Where no files are looked at. */
  RawFiles NONE =
      unknown(
          "No files are looked at here. Score with 'assay score', or in a job that reads files.");

  /**
   * No files.
   *
   * @param why what is missing and what to do about it
   */
  static RawFiles unknown(String why) {
    return new RawFiles() {
      @Override
      public Listing list(Optional<String> path) {
        return Listing.unknown(why);
      }

      @Override
      public InputStream open(SourceFile file) throws IOException {
        throw new IOException(why);
      }

      @Override
      public String nameOf(SourceFile file) {
        return file.path();
      }
    };
  }

  /**
   * Lists files.
   *
   * @param path a file, folder, glob or {@code s3://} address; empty for the files that the data
   *     were read from
   * @return the files in the order of their paths, possibly none
   * @throws dev.assay.model.AssayException if the file system does not answer; trying again may
   *     help
   */
  Listing list(Optional<String> path);

  /** Opens a file that was listed. The caller closes it. */
  InputStream open(SourceFile file) throws IOException;

  /** How a file is called in messages. */
  String nameOf(SourceFile file);

  /**
   * Files, or why nobody knows which.
   *
   * @param unknown what is missing and what to do about it; empty if the files are known
   */
  record Listing(List<SourceFile> files, Optional<String> unknown) {
    public Listing {
      files = List.copyOf(files);
    }

    public static Listing of(List<SourceFile> files) {
      return new Listing(files, Optional.empty());
    }

    public static Listing unknown(String why) {
      return new Listing(List.of(), Optional.of(why));
    }
  }
}
