package dev.assay.jobs;

import dev.assay.model.TableName;
import dev.assay.model.job.Contract;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the files in {@code jobs/contracts}. */
public final class ContractReader {
  private static final BigDecimal MOST = BigDecimal.valueOf(100);

  private ContractReader() {}

  /**
   * Reads a contract.
   *
   * @throws InvalidJobException if the file cannot be used as written
   */
  public static Contract load(Path file) {
    Yaml yaml =
        JobFiles.read(file, new Variables(new TreeMap<>(), LocalDate.EPOCH), null)
            .allow(
                "name",
                "description",
                "consumer",
                "contact",
                "table",
                "minimum-score",
                "minimum-coverage",
                "must-pass",
                "freshness",
                "package",
                "project");
    return new Contract(
        yaml.require("name").text(),
        yaml.require("consumer").text(),
        yaml.find("contact").map(Yaml::text),
        yaml.require("table").as(TableName::parse),
        yaml.find("minimum-score").map(ContractReader::points),
        yaml.find("minimum-coverage").map(ContractReader::points).orElse(MOST),
        yaml.find("must-pass").map(ContractReader::labels).orElse(Map.of()),
        yaml.find("freshness").map(ContractReader::duration),
        yaml.find("package").map(Yaml::text),
        yaml.find("project").map(Yaml::text));
  }

  private static BigDecimal points(Yaml yaml) {
    BigDecimal points = yaml.number();
    if (points.signum() < 0 || points.compareTo(MOST) > 0) {
      throw yaml.error("%s is no score".formatted(points), "Expected a number from 0 to 100.");
    }
    return points;
  }

  private static Map<String, List<String>> labels(Yaml yaml) {
    Map<String, List<String>> labels = new TreeMap<>();
    yaml.entries()
        .forEach(
            (label, values) ->
                labels.put(label, values.itemsOrSelf().stream().map(Yaml::text).toList()));
    return labels;
  }

  /** {@code 36 hours}, {@code 2 days}, {@code 90 minutes}. */
  private static Duration duration(Yaml yaml) {
    String text = yaml.text();
    if (!text.matches("[1-9][0-9]{0,5} (days?|hours?|minutes?)")) {
      throw yaml.error(
          "'%s' is no length of time".formatted(text), "Expected one such as 36 hours or 2 days.");
    }
    String[] parts = text.split(" ", 2);
    long amount = Long.parseLong(parts[0]);
    return switch (parts[1].charAt(0)) {
      case 'd' -> Duration.ofDays(amount);
      case 'h' -> Duration.ofHours(amount);
      default -> Duration.ofMinutes(amount);
    };
  }
}
