package dev.assay.jobs;

import dev.assay.model.TableName;
import dev.assay.model.job.AccessPolicy;
import dev.assay.model.job.AccessPolicy.Approval;
import dev.assay.model.job.AccessPolicy.Level;
import dev.assay.model.job.Glossary;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the files in {@code jobs/governance}. */
public final class GovernanceReader {
  private static final String GLOSSARY = "glossary.yaml";

  private GovernanceReader() {}

  /**
   * Checks a file of the folder, whichever it is.
   *
   * @throws InvalidJobException if it cannot be used as written
   */
  public static void check(Path file) {
    if (file.endsWith(GLOSSARY)) {
      glossary(file);
    } else {
      policy(file);
    }
  }

  /** Reads who may see what of a table. */
  public static AccessPolicy policy(Path file) {
    Yaml yaml = read(file).allow("table", "description", "owner", "packages");
    Map<String, AccessPolicy.Package> packages = new LinkedHashMap<>();
    yaml.require("packages").entries().forEach((name, body) -> packages.put(name, of(body)));
    return new AccessPolicy(
        yaml.require("table").as(TableName::parse), yaml.require("owner").text(), packages);
  }

  private static AccessPolicy.Package of(Yaml yaml) {
    yaml.allow("description", "level", "columns", "rows", "approval");
    Level level = yaml.require("level").choice(Level.class);
    boolean narrowed = yaml.has("columns") || yaml.has("rows");
    if (narrowed != (level == Level.FILTERED)) {
      throw yaml.error(
          "level %s %s columns or rows"
              .formatted(Yaml.nameOf(level), narrowed ? "has" : "has neither"),
          "Expected columns or rows with level filtered, and with no other.");
    }
    return new AccessPolicy.Package(
        level,
        yaml.find("columns").map(Yaml::texts).orElse(List.of()),
        yaml.find("rows").map(Yaml::text),
        yaml.find("approval").map(value -> value.choice(Approval.class)).orElse(Approval.STEWARD));
  }

  /** Reads the business terms. */
  public static Glossary glossary(Path file) {
    Yaml yaml = read(file).allow("name", "description", "owner", "terms");
    Map<String, String> terms = new LinkedHashMap<>();
    yaml.require("terms").entries().forEach((term, meaning) -> terms.put(term, meaning.text()));
    return new Glossary(yaml.require("name").text(), yaml.require("owner").text(), terms);
  }

  private static Yaml read(Path file) {
    return JobFiles.read(file, new Variables(new TreeMap<>(), LocalDate.EPOCH), null);
  }
}
