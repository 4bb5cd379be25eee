package dev.assay.jobs;

import dev.assay.jobs.filter.RowFilters;
import dev.assay.model.TableName;
import dev.assay.model.job.AccessPolicy;
import dev.assay.model.job.AccessPolicy.Approval;
import dev.assay.model.job.AccessPolicy.Level;
import dev.assay.model.job.Glossary;
import dev.assay.model.job.MetadataForm;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the files in {@code jobs/governance}. */
public final class GovernanceReader {
  private static final String GLOSSARY = "glossary.yaml";
  private static final String FORMS = "forms.yaml";

  private GovernanceReader() {}

  /**
   * Checks a file of the folder, whichever it is.
   *
   * @throws InvalidJobException if it cannot be used as written
   */
  public static void check(Path file) {
    if (file.endsWith(GLOSSARY)) {
      glossary(file);
    } else if (file.endsWith(FORMS)) {
      form(file);
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
        yaml.find("rows").map(rows -> rows.as(RowFilters::parse)),
        yaml.find("approval").map(value -> value.choice(Approval.class)).orElse(Approval.STEWARD));
  }

  /** Reads the business terms. */
  public static Glossary glossary(Path file) {
    Yaml yaml = read(file).allow("name", "description", "owner", "terms");
    Map<String, String> terms = new LinkedHashMap<>();
    yaml.require("terms").entries().forEach((term, meaning) -> terms.put(term, meaning.text()));
    return new Glossary(yaml.require("name").text(), yaml.require("owner").text(), terms);
  }

  /** Reads the form that every table is described with. */
  public static MetadataForm form(Path file) {
    Yaml yaml = read(file).allow("name", "description", "owner", "fields");
    Map<String, MetadataForm.Fact> fields = new LinkedHashMap<>();
    yaml.require("fields")
        .entries()
        .forEach(
            (field, fact) -> {
              if (!field.matches("[a-z][a-zA-Z0-9_]*")) {
                throw fact.error(
                    "'%s' is no name of a field".formatted(field),
                    "Expected letters, digits and _, the first a small letter.");
              }
              fields.put(field, fact.choice(MetadataForm.Fact.class));
            });
    return new MetadataForm(matching(yaml.require("name")), yaml.require("owner").text(), fields);
  }

  private static String matching(Yaml name) {
    if (!name.text().matches("[A-Z][a-zA-Z0-9]{0,126}")) {
      throw name.error(
          "'%s' is no name of a form".formatted(name.text()),
          "Expected letters and digits, the first a capital, such as TableFacts.");
    }
    return name.text();
  }

  private static Yaml read(Path file) {
    return JobFiles.read(file, new Variables(new TreeMap<>(), LocalDate.EPOCH), null);
  }
}
