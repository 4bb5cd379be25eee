package dev.assay.cli;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.suggest.ColumnGuesser;
import dev.assay.suggest.TeamRepository;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Writes a team's repository into a folder. What is there is left as it is. */
final class TeamFolder {
  private TeamFolder() {}

  /**
   * Writes the files that are not there yet, and says what it wrote and what it found. Making the
   * same folder again changes nothing.
   *
   * @throws AssayException if the folder is a file, or something cannot be written
   */
  static void make(Path folder, PrintWriter out) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new AssayException(
          ExitKind.USAGE, "%s is a file. Expected a folder, or a new name.".formatted(folder));
    }
    Path name = folder.toAbsolutePath().normalize().getFileName();
    List<Path> written = new ArrayList<>();
    List<Path> found = new ArrayList<>();
    for (TeamRepository.File file :
        TeamRepository.files(ColumnGuesser.plainName(name == null ? "team" : name.toString()))) {
      Path path = folder.resolve(file.path());
      (write(path, file) ? written : found).add(path);
    }
    tell("Written, for you to review:", written, out);
    tell("There already, and left as they are:", found, out);
    out.println(
        written.isEmpty()
            ? "Nothing was missing."
            : "Begin with %s: it says how Assay gets into the repository, and what to do first."
                .formatted(folder.resolve("README.md")));
    out.flush();
  }

  private static void tell(String title, List<Path> files, PrintWriter out) {
    if (!files.isEmpty()) {
      out.println(title);
      files.forEach(file -> out.println("  " + file));
    }
  }

  /** Whether the file was written; if there is one of that name, it was not. */
  private static boolean write(Path path, TeamRepository.File file) {
    try {
      Files.createDirectories(Objects.requireNonNull(path.toAbsolutePath().getParent()));
      // never replaces, also if somebody else writes it at this moment
      Files.writeString(path, file.text(), StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
      return !file.executable() || madeExecutable(path);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isRegularFile(path)) {
        // a folder of that name, or a file where a folder should be
        throw notWritten(path, e);
      }
      return false;
    } catch (IOException e) {
      throw notWritten(path, e);
    }
  }

  private static boolean madeExecutable(Path path) throws IOException {
    if (!path.toFile().setExecutable(true, false)) {
      throw new IOException("not made executable");
    }
    return true;
  }

  private static AssayException notWritten(Path path, IOException failure) {
    return new AssayException(
        ExitKind.OUTSIDE_UNAVAILABLE,
        "%s: cannot be written (%s). Expected a folder in which new files can be made; what was written so far stays, and the same call goes on from there."
            .formatted(path, failure.getClass().getSimpleName()),
        failure);
  }
}
