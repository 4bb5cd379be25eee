package dev.assay.rules.plan;

import dev.assay.rules.parse.Condition;
import dev.assay.rules.parse.FileTag;
import dev.assay.rules.parse.Operand;
import dev.assay.rules.parse.Rule;
import dev.assay.rules.parse.RuleType;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Rules about files. */
final class FileLeaves {
  private final Instant now;

  FileLeaves(Instant now) {
    this.now = now;
  }

  PlannedRule.Leaf leaf(Rule rule) {
    Measure.OfFiles measure = new Measure.OfFiles(question(rule));
    return new PlannedRule.Leaf(rule, List.of(), List.of(measure), answer(rule, measure));
  }

  private FileQuestion question(Rule rule) {
    FileChoice files = FileChoice.of(rule, 0);
    boolean names = isTrue(rule, FileTag.matchFileName);
    return switch (RuleType.valueOf(rule.type())) {
      case FileFreshness -> new FileQuestion.Freshness(files, condition(rule), now, zone(rule));
      case FileSize -> new FileQuestion.Size(files, condition(rule));
      case FileUniqueness -> new FileQuestion.Uniqueness(files, names);
      case FileMatch ->
          rule.parameters().size() == 2
              ? new FileQuestion.Alike(files, FileChoice.of(rule, 1), names)
              : checksum(rule, files, names);
      default -> throw new IllegalStateException("not about files: " + rule.type());
    };
  }

  private static FileQuestion checksum(Rule rule, FileChoice files, boolean names) {
    Condition.In in = (Condition.In) condition(rule);
    return new FileQuestion.Checksum(
        files,
        tag(rule, FileTag.hashAlgorithm).orElse("SHA-256"),
        in.operands().stream()
            .map(operand -> ((Operand.Text) operand).value().strip().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet()),
        in.negated(),
        names);
  }

  private static Function<Map<Measure, Measured>, Finding> answer(
      Rule rule, Measure.OfFiles measure) {
    return measured -> {
      Measured found = measured.get(measure);
      if (found instanceof Measured.None none) {
        return Finding.unanswered(none.reason(), none.message());
      }
      if (!(found instanceof Measured.Files files)) {
        throw new IllegalStateException("nothing was measured for " + measure);
      }
      return Finding.answered(
          passes(rule, files.share()),
          files.share(),
          files.observed(),
          expected(rule),
          Optional.empty());
    };
  }

  private static boolean passes(Rule rule, double share) {
    if (rule.type().equals(RuleType.FileUniqueness.name())) {
      return NumberTest.accepts(condition(rule), share);
    }
    return rule.threshold()
        .filter(threshold -> !isTrue(rule, FileTag.failFast))
        .map(threshold -> NumberTest.accepts(threshold, share))
        .orElse(share == 1);
  }

  private static String expected(Rule rule) {
    return switch (RuleType.valueOf(rule.type())) {
      case FileUniqueness -> "a share of unique files " + condition(rule).text();
      case FileMatch ->
          rule.parameters().size() == 2
              ? "every file to have an equal one on the other side"
              : "every file's checksum " + (negated(rule) ? "not to be" : "to be") + " listed";
      default -> share(rule) + condition(rule).text();
    };
  }

  private static String share(Rule rule) {
    String what = rule.type().equals(RuleType.FileSize.name()) ? "size " : "modification time ";
    return rule.threshold()
        .filter(threshold -> !isTrue(rule, FileTag.failFast))
        .map(threshold -> "a share of files %s with a %s".formatted(threshold.text(), what))
        .orElse("every file's " + what);
  }

  private static boolean negated(Rule rule) {
    return ((Condition.In) condition(rule)).negated();
  }

  private static ZoneId zone(Rule rule) {
    return tag(rule, FileTag.timeZone).map(ZoneId::of).orElse(java.time.ZoneOffset.UTC);
  }

  private static boolean isTrue(Rule rule, FileTag tag) {
    return tag(rule, tag).map(Boolean::parseBoolean).orElse(false);
  }

  private static Optional<String> tag(Rule rule, FileTag tag) {
    return Optional.ofNullable(rule.tags().get(tag.name())).map(values -> values.get(0));
  }

  private static Condition condition(Rule rule) {
    return rule.condition()
        .orElseThrow(() -> new IllegalStateException("no condition: " + rule.text()));
  }
}
