package dev.assay.rules.lint;

import dev.assay.rules.parse.Condition;
import dev.assay.rules.parse.FileTag;
import dev.assay.rules.parse.Operand;
import dev.assay.rules.parse.Rule;
import dev.assay.rules.parse.RuleType;
import dev.assay.rules.parse.Ruleset;
import java.util.List;
import java.util.Optional;

/** Rules that list checksums, none of which the algorithm can give. */
final class ImpossibleChecksums implements Check {
  @Override
  public List<Remark> remarks(Ruleset ruleset) {
    return ruleset.entries().stream()
        .flatMap(entry -> entry.expression().rules().stream())
        .filter(rule -> rule.type().equals(RuleType.FileMatch.name()))
        .flatMap(rule -> remark(rule).stream())
        .toList();
  }

  private static Optional<Remark> remark(Rule rule) {
    if (!(rule.condition().orElse(null) instanceof Condition.In in) || in.negated()) {
      return Optional.empty();
    }
    String algorithm =
        rule.tags().getOrDefault(FileTag.hashAlgorithm.name(), List.of("SHA-256")).get(0);
    int digits = digits(algorithm);
    boolean possible =
        in.operands().stream()
            .map(operand -> ((Operand.Text) operand).value().strip())
            .anyMatch(checksum -> checksum.matches("[0-9A-Fa-f]{%d}".formatted(digits)));
    return possible
        ? Optional.empty()
        : Optional.of(
            new Remark(
                Remark.Kind.NEVER_PASSES,
                rule.position(),
                rule.text(),
                "no file has such a checksum",
                "A checksum of %s has %d hexadecimal digits.".formatted(algorithm, digits),
                "Name the algorithm, for example with hashAlgorithm = \"MD5\", or correct the checksums."));
  }

  private static int digits(String algorithm) {
    return switch (algorithm) {
      case "MD5" -> 32;
      case "SHA-1" -> 40;
      default -> 64;
    };
  }
}
