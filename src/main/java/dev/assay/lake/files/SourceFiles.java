package dev.assay.lake.files;

import dev.assay.lake.UnreadableInputException;
import dev.assay.model.Outage;
import dev.assay.model.SourceFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Finds the files that paths and globs mean. */
public final class SourceFiles {
  private SourceFiles() {}

  /**
   * The files, sorted by path, each once however many of the paths mean it; folders stand for the
   * files in them. Names that start with {@code _} or {@code .} are left out, as everywhere in
   * Hadoop.
   *
   * @param paths paths, globs or {@code s3://} addresses
   * @return possibly none
   * @throws UnreadableInputException if a path means nothing, or access to it is refused
   * @throws dev.assay.model.AssayException if a file system does not answer
   */
  public static List<SourceFile> find(List<String> paths, Configuration configuration) {
    List<SourceFile> files = new ArrayList<>();
    for (String path : paths) {
      try {
        Path pattern = new Path(path);
        FileSystem system = pattern.getFileSystem(configuration);
        FileStatus[] found = system.globStatus(pattern);
        if (found != null) {
          for (FileStatus status : found) {
            add(system, status, files);
          }
        }
      } catch (IOException | RuntimeException e) {
        throw Outage.noAnswer(e)
            .orElseGet(
                () ->
                    new UnreadableInputException(
                        path,
                        "it cannot be listed (%s)".formatted(e.getClass().getSimpleName()),
                        "Check the path and the access to it."));
      }
    }
    Map<String, SourceFile> each = new LinkedHashMap<>();
    files.forEach(file -> each.putIfAbsent(place(file.path()), file));
    return each.values().stream().sorted().toList();
  }

  /** The same for all names of a file: of S3 there are three schemes. */
  private static String place(String path) {
    return path.replaceFirst("^s3[an]:", "s3:");
  }

  /** The path of a file with its glob characters taken literally. */
  public static String literal(SourceFile file) {
    return literal(file.path());
  }

  /** A path with its glob characters taken literally. */
  public static String literal(String path) {
    return path.replaceAll("([\\[\\]{}*?])", "\\\\$1");
  }

  private static void add(FileSystem system, FileStatus status, List<SourceFile> files)
      throws IOException {
    String name = status.getPath().getName();
    if (name.startsWith("_") || name.startsWith(".")) {
      return;
    }
    if (status.isDirectory()) {
      for (FileStatus child : system.listStatus(status.getPath())) {
        add(system, child, files);
      }
      return;
    }
    files.add(of(status));
  }

  /** The file that a file system tells of, with its ETag where it has one. */
  public static SourceFile of(FileStatus status) {
    return new SourceFile(
        status.getPath().toString(),
        status.getLen(),
        status.getModificationTime(),
        status instanceof EtagSource tagged
            ? Optional.ofNullable(tagged.getEtag())
            : Optional.empty());
  }
}
