package dev.assay.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.stream.Stream;

/** A file that keeps its time stamp when its content does not change. */
final class StableFile {
  private StableFile() {}

  static void write(Path file, Stream<String> lines) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
      try (OutputStream out = new java.io.BufferedOutputStream(Files.newOutputStream(fresh))) {
        for (Iterator<String> line = lines.iterator(); line.hasNext(); ) {
          out.write(line.next().getBytes(StandardCharsets.UTF_8));
          out.write('\n');
        }
      }
      if (Files.exists(file) && Files.mismatch(file, fresh) < 0) {
        Files.delete(fresh);
      } else {
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
