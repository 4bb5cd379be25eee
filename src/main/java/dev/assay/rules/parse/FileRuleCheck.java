package dev.assay.rules.parse;

import dev.assay.model.Nearest;
import dev.assay.rules.parse.InvalidRulesetException.Problem;
import dev.assay.rules.parse.grammar.DqdlParser;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;

/** Checks what rules about files are put to, and their tags; other rules take no tags. */
final class FileRuleCheck {
  private final List<Problem> problems;

  FileRuleCheck(List<Problem> problems) {
    this.problems = problems;
  }

  void check(DqdlParser.Rule_Context context, RuleType type, Rule rule) {
    rule.tags().keySet().stream().sorted().forEach(name -> checkTag(context, type, rule, name));
    if (!type.ofFiles()) {
      return;
    }
    if (rule.parameters().stream().anyMatch(String::isBlank)) {
      problem(context, "the path is empty", "Name a file or folder, or leave the path out.");
    }
    switch (type.needs()) {
      case MOMENT -> checkMoment(context, rule);
      case SIZE -> checkSize(context, rule);
      case CHECKSUMS -> checkMatch(context, rule);
      default -> {
        // a number, which is checked like any other
      }
    }
  }

  private void checkTag(DqdlParser.Rule_Context context, RuleType type, Rule rule, String name) {
    List<String> known = FileTag.namesFor(type);
    Optional<FileTag> tag = FileTag.named(name).filter(found -> found.goesWith(type));
    if (tag.isEmpty()) {
      problem(
          context.tag().get(0),
          "%s takes no 'with %s'".formatted(type.name(), name),
          known.isEmpty() ? "Take it out." : Nearest.suggestion(name, known));
      return;
    }
    tag.get()
        .expected(rule.tags().getOrDefault(name, List.of()), rule.tags().keySet())
        .ifPresent(
            expected ->
                problem(
                    context.tag().get(0),
                    "the value of '%s' does not fit".formatted(name),
                    "Expected %s.".formatted(expected)));
  }

  private void checkMoment(DqdlParser.Rule_Context context, Rule rule) {
    boolean fits =
        rule.condition()
            .filter(
                condition ->
                    condition instanceof Condition.Compare
                        || condition instanceof Condition.Between)
            .filter(
                condition ->
                    condition.operands().stream()
                        .allMatch(
                            operand ->
                                Moments.of(operand, Instant.EPOCH, ZoneOffset.UTC).isPresent()))
            .isPresent();
    wrong(
        context,
        rule,
        fits,
        "Expected a point in time such as > (now() - 24 hours), > \"2026-01-31\" or between \"9:30 AM\" and \"22:15\".");
  }

  private void checkSize(DqdlParser.Rule_Context context, Rule rule) {
    boolean fits =
        rule.condition()
            .filter(condition -> !(condition instanceof Condition.Matches))
            .filter(
                condition ->
                    condition.operands().stream()
                        .allMatch(operand -> operand instanceof Operand.Size))
            .isPresent();
    wrong(
        context,
        rule,
        fits,
        "Expected a size such as > 2 MB or between 1 KB and 1 GB; the units are B, KB, MB, GB and TB.");
  }

  private void checkMatch(DqdlParser.Rule_Context context, Rule rule) {
    boolean two = rule.parameters().size() == 2;
    boolean fits =
        two
            ? rule.condition().isEmpty()
            : rule.condition()
                .filter(condition -> condition instanceof Condition.In)
                .filter(
                    condition ->
                        condition.operands().stream()
                            .allMatch(operand -> operand instanceof Operand.Text))
                .isPresent();
    wrong(
        context,
        rule,
        fits,
        "Expected two paths whose files are compared, or checksums such as in [\"3ee0…\"] for one path.");
    if (two && rule.tags().containsKey(FileTag.hashAlgorithm.name())) {
      problem(
          context,
          "two paths are compared by what is in their files, and no checksum is named",
          "Take hashAlgorithm out.");
    }
  }

  private void wrong(DqdlParser.Rule_Context context, Rule rule, boolean fits, String remedy) {
    if (!fits) {
      String found =
          rule.condition()
              .map(
                  condition ->
                      "%s cannot be compared with %s".formatted(rule.type(), condition.text()))
              .orElse("%s has no condition".formatted(rule.type()));
      problem(context.condition() == null ? context : context.condition(), found, remedy);
    }
  }

  private void problem(ParserRuleContext context, String found, String remedy) {
    problems.add(new Problem(RuleCheck.position(context), found, remedy));
  }
}
