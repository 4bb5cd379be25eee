package dev.assay.cli;

import dev.assay.emr.Plan;
import dev.assay.emr.Setting;
import dev.assay.model.job.Emr;
import java.util.ArrayList;
import java.util.List;

/** A plan for people: each setting, and below it why it is so. */
final class EmrText {
  private EmrText() {}

  static String plan(Plan plan) {
    List<String> lines = new ArrayList<>();
    boolean cluster = plan.emr().target() instanceof Emr.Cluster;
    lines.add(
        "%s on %s".formatted(plan.submission().text(), cluster ? "EMR on EC2" : "EMR Serverless"));
    lines.add("");
    plan.settings().forEach(setting -> add(setting, lines));
    lines.add("");
    lines.add("Spark:");
    plan.spark().forEach(setting -> add(setting, lines));
    lines.add("");
    lines.add(
        plan.most()
            .map(most -> "At most, if all of it ran until the timeout: " + most.text())
            .orElse(
                plan.emr().prices().isEmpty()
                    ? "The profile names no prices: add 'emr: {prices: {…}}', and costs are reckoned."
                    : "Paid is the time for which instances are there, by the profile's %s."
                        .formatted(plan.emr().prices().get().text())));
    if (!plan.properties().containsKey("spark.jars") && !cluster) {
      lines.add(
          "No spark.jars: on EMR Serverless Iceberg's jar has to be named, in 'emr: {spark: {spark.jars: …}}' or by the application.");
    }
    return String.join(System.lineSeparator(), lines);
  }

  private static void add(Setting setting, List<String> lines) {
    lines.add("  %s = %s".formatted(setting.name(), setting.value()));
    if (!setting.why().isEmpty()) {
      lines.add("      " + setting.why());
    }
  }
}
