package dev.assay.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A folder with files, and commands on it inside this process. */
final class CommandLineProject {
  private final Path root;

  /** What a command said on either output, and its exit code. */
  record Said(int code, String text) {}

  CommandLineProject(Path root) {
    this.root = root;
  }

  CommandLineProject file(String name, String content) {
    try {
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With the profile of the file {@code profile.yaml}. */
  Said command(String... words) {
    StringWriter said = new StringWriter();
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--home", root.resolve("home").toString()));
    all.addAll(List.of("--profile", root.resolve("profile.yaml").toString()));
    var commands = Main.commandLine();
    commands.setOut(new PrintWriter(said, true));
    commands.setErr(new PrintWriter(said, true));
    return new Said(commands.execute(all.toArray(String[]::new)), said.toString());
  }
}
