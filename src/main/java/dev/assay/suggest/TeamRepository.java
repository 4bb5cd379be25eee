package dev.assay.suggest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The files with which a team's own repository begins: an example that runs and passes its CI. */
public final class TeamRepository {
  /** The data date of the sample. */
  private static final String DATE = "2026-11-18";

  /** Where a file lies, and its template. */
  private static final List<List<String>> FILES =
      List.of(
          List.of("README.md", "README.md.ftl"),
          List.of(".gitignore", "gitignore.ftl"),
          List.of("assay", "assay.ftl"),
          List.of(".github/workflows/data-quality.yml", "ci.yml.ftl"),
          List.of("jobs/profiles/local.yaml", "local.yaml.ftl"),
          List.of("jobs/profiles/aws.yaml", "aws.yaml.ftl"),
          List.of("jobs/orders/pipeline.yaml", "pipeline.yaml.ftl"),
          List.of("jobs/orders/orders.yaml", "orders.yaml.ftl"),
          List.of("jobs/orders/orders_by_day.yaml", "orders_by_day.yaml.ftl"),
          List.of("rulesets/prepared/orders.dqdl", "orders.dqdl.ftl"),
          List.of("rulesets/prepared/orders.test.yaml", "orders.test.yaml.ftl"),
          List.of("rulesets/semantic/orders_by_day.dqdl", "orders_by_day.dqdl.ftl"),
          List.of("rulesets/semantic/orders_by_day.test.yaml", "orders_by_day.test.yaml.ftl"),
          List.of("samples/orders-" + DATE + ".csv", "orders.csv.ftl"),
          List.of("airflow/dags/orders.py", "dag.py.ftl"));

  /**
   * One file.
   *
   * @param path from the repository's folder
   * @param executable whether it is a program
   */
  public record File(Path path, String text, boolean executable) {}

  private TeamRepository() {}

  /**
   * The files, in the order in which a person would look at them.
   *
   * @param team its name, in lower-case letters, digits and underscores
   */
  public static List<File> files(String team) {
    Templates templates = Templates.withBrackets("team");
    Map<String, Object> model = Map.of("team", team, "date", DATE);
    List<File> files = new ArrayList<>();
    for (List<String> file : FILES) {
      String text = templates.text(file.get(1), model);
      files.add(new File(Path.of(file.get(0)), text, text.startsWith("#!")));
    }
    return files;
  }
}
