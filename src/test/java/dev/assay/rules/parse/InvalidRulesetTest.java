package dev.assay.rules.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each ruleset in the folder is wrong; the text file beside it holds what its author is told. */
class InvalidRulesetTest {
  private static final Path FOLDER = Path.of("src/test/resources/rulesets/invalid");

  @ParameterizedTest
  @MethodSource("names")
  void tellsTheAuthorWhereWhatAndWhatToDo(String name) {
    String text = read(name + ".dqdl");

    assertThatThrownBy(() -> RulesetParser.parse(name + ".dqdl", text))
        .isInstanceOf(InvalidRulesetException.class)
        .hasMessage(read(name + ".txt").strip())
        .asInstanceOf(InstanceOfAssertFactories.type(AssayException.class))
        .extracting(AssayException::kind)
        .isEqualTo(ExitKind.WRONG_FILES);
  }

  @Test
  void everyExpectedMessageBelongsToARuleset() {
    assertThat(filesEndingWith(".txt")).isEqualTo(filesEndingWith(".dqdl"));
  }

  static Stream<String> names() {
    return filesEndingWith(".dqdl").stream();
  }

  private static List<String> filesEndingWith(String ending) {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending))
          .map(name -> name.substring(0, name.length() - ending.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(String file) {
    try {
      return Files.readString(FOLDER.resolve(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
