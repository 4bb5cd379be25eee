package dev.assay.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.Main;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Whatever the pages tell people to type is a command, with options that it has. */
class DocumentedCommandsTest {
  /** In a sentence: {@code ./assay run …}, perhaps with places for what the reader knows. */
  private static final Pattern INLINE = Pattern.compile("`(?:\\./)?assay ([^`]+)`");

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:\\s]+)(#[^)\\s]*)?\\)");

  @ParameterizedTest
  @MethodSource("pages")
  void everyCommandLineCanBeParsed(Path page) {
    assertThat(problems(page)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void commandsInSentencesHaveTheOptionsTheyAreSaidToHave(Path page) {
    List<String> problems = new ArrayList<>();
    List<String> lines = Pages.lines(page);
    for (int index = 0; index < lines.size(); index++) {
      Matcher inline = INLINE.matcher(lines.get(index));
      while (inline.find()) {
        String found = unknown(inline.group(1));
        if (!found.isEmpty()) {
          problems.add("%s:%d: `%s`: %s".formatted(page, index + 1, inline.group(1), found));
        }
      }
    }

    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadToFiles(Path page) {
    List<String> broken = new ArrayList<>();
    for (String line : Pages.lines(page)) {
      Matcher link = LINK.matcher(line);
      while (link.find()) {
        Path folder = page.toAbsolutePath().getParent();
        if (!Files.exists(folder.resolve(link.group(1)))) {
          broken.add(page + ": " + link.group(1));
        }
      }
    }

    assertThat(broken).isEmpty();
  }

  static List<Path> pages() {
    return Pages.all();
  }

  @Test
  void everyPageIsFoundFromTheIndex() {
    String index = String.join("\n", Pages.lines(Path.of("docs/README.md")));

    assertThat(Pages.all())
        .filteredOn(page -> page.startsWith("docs") && !page.startsWith("docs/decisions"))
        .map(page -> Path.of("docs").relativize(page).toString())
        .filteredOn(page -> !page.equals("README.md"))
        .allSatisfy(
            page ->
                assertThat(index)
                    .as("docs/README.md has no link to %s; sort it in", page)
                    .contains("](" + page + ")"));
  }

  @Test
  void somethingIsFoundToBeParsed() {
    TreeMap<String, Long> found = new TreeMap<>();
    for (Path page : Pages.all()) {
      long commands =
          Pages.blocks(page).stream()
              .filter(Pages.Block::isShell)
              .flatMap(block -> ShellLine.of(block).stream())
              .filter(line -> line.arguments().isPresent())
              .count();
      found.put(page.toString(), commands);
    }

    assertThat(found).containsEntry("docs/bench.md", 5L).containsEntry("docs/privacy.md", 4L);
    assertThat(found.get("docs/tutorial.md")).isGreaterThan(15);
  }

  /** The blocks of the README and the tutorial that no test runs: each with its reason. */
  @Test
  void whatIsNotRunIsKnown() {
    List<String> left =
        Stream.of("README.md", "docs/tutorial.md")
            .map(Path::of)
            .flatMap(page -> Pages.blocks(page).stream())
            .filter(block -> block.marks().containsKey("not run"))
            .map(block -> block.page() + ": " + block.marks().get("not run"))
            .toList();

    assertThat(left)
        .containsExactly(
            "README.md: the demo has a test of its own, DemoIT, and mvn verify is what runs it",
            "README.md: a Python environment takes minutes; NotebooksIT makes one",
            "README.md: measures this machine",
            "docs/tutorial.md: Airflow takes minutes to install; airflow/tests runs a DAG in it");
  }

  @Test
  void aWrongLineIsFoundWithItsPlace(@TempDir Path folder) throws Exception {
    Path page =
        Files.writeString(
            folder.resolve("page.md"),
            """
            # Page

            ```console
            $ ./assay history prepared.trips --lats 3   # a typo
            A=b ./assay histroy prepared.trips | head
            ./assay approve \\
              1a2b
            cat > file <<'END'
            ./assay is no command here
            END
            ./assay history "prepared.trips" --last 3 > out.txt
            ```
            """);

    assertThat(problems(page))
        .containsExactly(
            page + ":4: ./assay history prepared.trips --lats 3: Unknown options: '--lats', '3'",
            page
                + ":5: ./assay histroy prepared.trips: Unmatched arguments from index 0: 'histroy', 'prepared.trips'",
            page + ":6: ./assay approve 1a2b: Missing required option: '--reason=TEXT'");
    assertThat(unknown("history TABLE --lats")).isEqualTo("history has no option --lats");
    assertThat(unknown("histroy TABLE")).isEqualTo("there is no command histroy");
    assertThat(unknown("contract check [NAME|FILE…] --json")).isEmpty();
  }

  private static List<String> problems(Path page) {
    List<String> problems = new ArrayList<>();
    for (Pages.Block block : Pages.blocks(page)) {
      if (!block.isShell()) {
        continue;
      }
      for (ShellLine line : ShellLine.of(block)) {
        line.arguments()
            .map(DocumentedCommandsTest::problem)
            .filter(problem -> !problem.isEmpty())
            .ifPresent(
                problem -> problems.add("%s:%d: %s".formatted(page, line.number(), problem)));
      }
    }
    return problems;
  }

  private static String problem(List<String> arguments) {
    try {
      Main.commandLine().parseArgs(arguments.toArray(String[]::new));
      return "";
    } catch (ParameterException e) {
      return "./assay %s: %s"
          .formatted(String.join(" ", arguments), e.getMessage().lines().findFirst().orElse(""));
    }
  }

  /** What of a call in a sentence is not there; nothing if all is. */
  private static String unknown(String call) {
    CommandLine command = Main.commandLine();
    String name = "";
    for (String word : call.replaceAll("[\\[\\]…]", " ").split("[\\s|=]+")) {
      if (word.startsWith("--")) {
        if (command.getCommandSpec().findOption(word) == null) {
          return "%s has no option %s".formatted(name.strip(), word);
        }
      } else if (command.getSubcommands().containsKey(word)) {
        command = command.getSubcommands().get(word);
        name += word + " ";
      } else if (name.isEmpty() && word.matches("[a-z]+")) {
        return "there is no command " + word;
      }
    }
    return "";
  }
}
