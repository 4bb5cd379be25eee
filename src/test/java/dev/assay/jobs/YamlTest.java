package dev.assay.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.TableName;
import dev.assay.model.job.Input;
import dev.assay.model.job.Output;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTest {
  @Test
  void keepsKeysInTheirOrder() {
    assertThat(parse("b: 1\na: 2\nc: 3").entries().keySet()).containsExactly("b", "a", "c");
  }

  @Test
  void readsTextNumbersTruthAndLists() {
    Yaml yaml =
        parse(
            """
            text: some words
            quoted: "yes"
            empty: ""
            number: 12.50
            truth: true
            list: [a, b]
            block:
              - c
            """);

    assertThat(yaml.require("text").text()).isEqualTo("some words");
    assertThat(yaml.require("quoted").text()).isEqualTo("yes");
    assertThat(yaml.require("empty").text()).isEmpty();
    assertThat(yaml.require("number").number()).isEqualTo(new BigDecimal("12.50"));
    assertThat(yaml.require("truth").bool()).isTrue();
    assertThat(yaml.require("list").texts()).containsExactly("a", "b");
    assertThat(yaml.require("block").texts()).containsExactly("c");
    assertThat(yaml.require("text").texts()).containsExactly("some words");
    assertThat(yaml.find("other")).isEmpty();
    assertThat(yaml.has("other")).isFalse();
  }

  @Test
  void readsChoicesInLowerCaseWithHyphens() {
    Yaml yaml = parse("mode: overwrite-partitions\nmissing: SKIP");

    assertThat(yaml.require("mode").choice(Output.Mode.class))
        .isEqualTo(Output.Mode.OVERWRITE_PARTITIONS);
    assertInvalid(
        () -> yaml.require("missing").choice(Input.OnMissing.class),
        "job.yaml:2:10: 'missing' is 'SKIP'. Did you mean 'skip'?");
  }

  @Test
  void anUnknownKeyIsRefusedWithTheNearestOne() {
    assertInvalid(
        () -> parse("name: a\nruelset: b").allow("name", "ruleset"),
        "job.yaml:2:1: unknown key 'ruelset'. Did you mean 'ruleset'?");
    assertInvalid(
        () -> parse("name: a\nfoo: b").allow("name", "ruleset"),
        "job.yaml:2:1: unknown key 'foo'. Expected one of: name, ruleset.");
    assertInvalid(
        () -> parse("output:\n  table: x\n  mod: y").require("output").allow("table", "mode"),
        "job.yaml:3:3: unknown key 'mod' in 'output'. Did you mean 'mode'?");
  }

  @Test
  void aMissingKeyIsAskedForWhereItBelongs() {
    assertInvalid(() -> parse("\na: 1").require("b"), "job.yaml:2:1: key 'b' is missing. Add it.");
    assertInvalid(
        () -> parse("a:\n  b:\n    c: 1").require("a").require("b").require("d"),
        "job.yaml:3:5: key 'd' is missing in 'a.b'. Add it.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1, 2] | job.yaml:1:4: 'a' is a list. Expected text.",
        "{b: 1} | job.yaml:1:4: 'a' is a mapping. Expected text.",
        "'' | job.yaml:1:3: 'a' is empty. Expected text.",
        "null | job.yaml:1:4: 'a' is empty. Expected text."
      })
  void textIsASingleValue(String value, String message) {
    assertInvalid(() -> parse("a: " + value).require("a").text(), message);
  }

  @Test
  void otherTypesAreSingleValuesOfTheirForm() {
    Yaml yaml = parse("n: many\nb: yes\nl: one\nm: one");

    assertInvalid(
        () -> yaml.require("n").number(), "job.yaml:1:4: 'n' is 'many'. Expected a number.");
    assertInvalid(
        () -> yaml.require("b").bool(), "job.yaml:2:4: 'b' is 'yes'. Expected true or false.");
    assertInvalid(
        () -> yaml.require("l").items(), "job.yaml:3:4: 'l' is a single value. Expected a list.");
    assertInvalid(
        () -> yaml.require("m").entries(),
        "job.yaml:4:4: 'm' is a single value. Expected keys and values.");
  }

  @Test
  void whatAReaderRefusesIsToldAtItsPlace() {
    assertInvalid(
        () -> parse("table: trips").require("table").as(TableName::parse),
        "job.yaml:1:8: 'table': 'trips' is not a table name: expected layer.name, for example"
            + " prepared.trips.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: 1;b: 2;a: 3 | job.yaml:3:1: key 'a' stands twice. Keep one of them.",
        "[a, b] | job.yaml:1:1: the file holds a list. Expected keys and values.",
        "words | job.yaml:1:1: the file holds a single value. Expected keys and values.",
        "'' | job.yaml:1:1: the file is empty. Expected keys.",
        "# remark | job.yaml:1:1: the file is empty. Expected keys.",
        "[a, b]: c | job.yaml:1:1: a key here is not plain text. Expected key: value."
      })
  void aFileHoldsOneMappingWithUniquePlainKeys(String lines, String message) {
    assertInvalid(() -> parse(lines.replace(';', '\n')), message);
  }

  @Test
  void aKeyThatStandsTwiceFurtherDownIsRefusedToo() {
    assertInvalid(
        () -> parse("a:\n  b: 1\n  b: 2").require("a").entries(),
        "job.yaml:3:3: key 'b' stands twice. Keep one of them.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: [1, 2", "a: \"open", "a:\n\t- b", "a: b: c", "a: 1\n b: 2", "a: *x"})
  void brokenYamlIsToldWithItsPlace(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageMatching(
            "job\\.yaml:[12]:\\d+: this is not YAML: .+\\. "
                + "Look at indentation, quotes and colons near here\\.");
  }

  @Test
  void putsVariablesIn() {
    Yaml yaml =
        Yaml.parse(
            "job.yaml",
            "a: ${raw}/x/${date}.csv\nb: ${raw}${raw}\nc: $raw {raw} $${x}\nd: ${money}",
            new Variables(
                Map.of("raw", "/data", "x", "1", "money", "$1\\"), LocalDate.of(2026, 2, 28)));

    assertThat(yaml.require("a").text()).isEqualTo("/data/x/2026-02-28.csv");
    assertThat(yaml.require("b").text()).isEqualTo("/data/data");
    assertThat(yaml.require("c").text()).isEqualTo("$raw {raw} $1");
    assertThat(yaml.require("d").text()).isEqualTo("$1\\");
  }

  @Test
  void anUndefinedVariableIsToldWithTheNearestOrHowToGiveIt() {
    assertInvalid(
        () -> parse("a: ${dat}").require("a").text(),
        "job.yaml:1:4: variable ${dat} is not defined. Did you mean ${date}?");
    assertInvalid(
        () -> parse("a: 1\nb:\n  - ${warehouse}/x").require("b").texts(),
        "job.yaml:3:5: variable ${warehouse} is not defined. Give it with --var warehouse=VALUE.");
  }

  @Test
  void knowsWhetherTheDateWasAskedFor() {
    Yaml yaml = parse("a: ${date}\nb: 1");

    yaml.require("b").text();
    assertThat(yaml.variables().usesDate()).isFalse();
    yaml.require("a").text();
    assertThat(yaml.variables().usesDate()).isTrue();
  }

  @Test
  void theCanonicalFormDependsOnContentOnly() {
    String canonical = parse("a: ${date}\nb: [1, x]\nc:\n  d: it's").canonical();

    assertThat(parse("# new\na:   '2026-01-31'\nb:\n- 1\n- x\nc: {d: \"it's\"}").canonical())
        .isEqualTo(canonical);
    assertThat(
            List.of(
                canonical,
                parse("a: ${date}\nb: [1, y]\nc:\n  d: it's").canonical(),
                parse("a: ${date}\nb: [x, 1]\nc:\n  d: it's").canonical(),
                parse("a: ${date}\nb: [1x]\nc:\n  d: it's").canonical(),
                parse("a: ${date}\nb: [1, x]\nc:\n  e: it's").canonical(),
                parse("a: ${date}\nb: '1,x'\nc:\n  d: it's").canonical()))
        .doesNotHaveDuplicates();
  }

  private static Yaml parse(String text) {
    return Yaml.parse("job.yaml", text, new Variables(Map.of(), LocalDate.of(2026, 1, 31)));
  }

  private static void assertInvalid(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(InvalidJobException.class)
        .hasMessage(message)
        .asInstanceOf(InstanceOfAssertFactories.type(AssayException.class))
        .extracting(AssayException::kind)
        .isEqualTo(ExitKind.WRONG_FILES);
  }
}
