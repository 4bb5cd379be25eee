package dev.assay.docs;

import dev.assay.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Does what pages tell their reader to do, in the current folder: types what stands in shell
 * blocks, saves the files shown, and looks for the output shown. A program, because commands look
 * for files in the folder of their process.
 *
 * <p>Comments above a block: {@code not run: WHY}; {@code file: PATH}, whose content it is; {@code
 * example: PATH}, likewise, below the readme's folder of examples; {@code output}, of the command
 * before. {@code RUN} stands for the first run that an output before named.
 */
final class DocumentRun {
  private static final Pattern RUN = Pattern.compile("\\b[0-9a-f]{8}\\b");
  private static final String EXAMPLES = "src/test/resources/readme/";

  private String output = "";
  private String run = "RUN";
  private int commands;
  private int problems;

  private DocumentRun() {}

  /** Arguments: pages. Ends with 1 if something is not as a page says, after all was tried. */
  public static void main(String[] pages) throws Exception {
    DocumentRun reader = new DocumentRun();
    for (String page : pages) {
      for (Pages.Block block : Pages.blocks(Path.of(page))) {
        reader.follow(block);
      }
    }
    System.out.printf(
        "%d commands were run, %d things were not as their pages say.%n",
        reader.commands, reader.problems);
    System.exit(reader.problems == 0 ? 0 : 1);
  }

  private void follow(Pages.Block block) throws IOException, InterruptedException {
    if (block.marks().containsKey("not run")) {
      return;
    }
    if (block.marks().containsKey("file")) {
      save(block.marks().get("file"), block.text());
    } else if (block.marks().containsKey("example")) {
      save(block.marks().get("example").replace(EXAMPLES, ""), block.text());
    } else if (block.marks().containsKey("output")) {
      lookFor(block);
    } else if (block.isShell()) {
      for (ShellLine line : ShellLine.of(block)) {
        type(block, line);
      }
    }
  }

  private static void save(String name, String text) throws IOException {
    Path file = Path.of(name);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, text);
  }

  private void type(Pages.Block block, ShellLine line) throws IOException, InterruptedException {
    Optional<List<String>> arguments = line.arguments();
    long begin = System.nanoTime();
    int code;
    if (arguments.isPresent()) {
      code = assay(arguments.get());
    } else if (block.language().isEmpty() || line.text().isBlank()) {
      return;
    } else {
      code = bash(line.text());
    }
    String told = line.text().lines().findFirst().orElse("");
    System.out.printf("%5d ms  %s%n", (System.nanoTime() - begin) / 1_000_000, told);
    if (code != line.exitCode()) {
      wrong(block.page(), line.number(), told + " ended with " + code);
    }
    Matcher found = RUN.matcher(output);
    if (found.find()) {
      run = found.group();
    }
  }

  private int assay(List<String> arguments) {
    commands++;
    StringWriter said = new StringWriter();
    var line = Main.commandLine();
    line.setOut(new PrintWriter(said, true));
    line.setErr(new PrintWriter(said, true));
    int code =
        line.execute(
            arguments.stream().map(word -> word.equals("RUN") ? run : word).toArray(String[]::new));
    output = said.toString();
    return code;
  }

  private int bash(String text) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", text)
            .redirectErrorStream(true)
            .start();
    output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor();
  }

  /** Each line shown must be in the output; … stands for anything, and runs have other ids. */
  private void lookFor(Pages.Block block) {
    for (String line : block.lines()) {
      StringBuilder pattern = new StringBuilder();
      for (String part : RUN.matcher(line.strip()).replaceAll("…").split("…", -1)) {
        pattern.append(pattern.length() == 0 ? "" : ".*");
        pattern.append(Pattern.quote(part).replaceAll("\\s+", "\\\\E\\\\s+\\\\Q"));
      }
      if (!line.isBlank() && !Pattern.compile(pattern.toString()).matcher(output).find()) {
        wrong(block.page(), block.line(), "the output has no line '" + line + "'");
      }
    }
  }

  private void wrong(Path page, int line, String problem) {
    problems++;
    System.out.printf("%s:%d: %s. Output:%n%s%n", page, line, problem, output);
  }
}
