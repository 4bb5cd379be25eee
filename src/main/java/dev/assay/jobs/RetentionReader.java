package dev.assay.jobs;

import dev.assay.model.TableName;
import dev.assay.model.job.Retention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code retention} of a profile. */
final class RetentionReader {
  /** At most about 270 years. */
  private static final Pattern DAYS = Pattern.compile("([1-9][0-9]{0,4})d");

  private static final Pattern QUARANTINE =
      Pattern.compile(Retention.QUARANTINE + "\\.[a-z][a-z0-9_]*");

  private RetentionReader() {}

  static Retention read(Yaml yaml) {
    yaml.allow(Retention.QUARANTINE, "tables");
    return new Retention(
        yaml.find(Retention.QUARANTINE).map(RetentionReader::days),
        yaml.find("tables").map(RetentionReader::tables).orElse(Map.of()));
  }

  private static Map<TableName, Duration> tables(Yaml yaml) {
    List<String> known = new ArrayList<>(Retention.LEDGER);
    // which quarantines there are, only the catalog knows
    yaml.entries().keySet().stream()
        .filter(name -> QUARANTINE.matcher(name).matches())
        .forEach(known::add);
    yaml.allow(known.toArray(String[]::new));
    Map<TableName, Duration> tables = new TreeMap<>();
    yaml.entries().forEach((name, value) -> tables.put(TableName.parse(name), days(value)));
    return tables;
  }

  private static Duration days(Yaml yaml) {
    String text = yaml.text();
    Matcher matcher = DAYS.matcher(text);
    if (!matcher.matches()) {
      throw yaml.error(
          "'%s' is no number of days".formatted(text), "Expected whole days such as 90d.");
    }
    return Duration.ofDays(Long.parseLong(matcher.group(1)));
  }
}
