package dev.assay.cli;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Files named by arguments: a folder stands for its files of one kind. */
final class RulesetFiles {
  private RulesetFiles() {}

  static List<Path> of(List<Path> paths, String ending) {
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        files.addAll(list(path, ending));
      } else {
        files.add(path);
      }
    }
    if (files.isEmpty()) {
      throw new AssayException(
          ExitKind.USAGE, "There is no file *%s in %s.".formatted(ending, paths));
    }
    return files;
  }

  private static List<Path> list(Path folder, String ending) {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }
}
