package dev.assay.cli;

import dev.assay.cli.CommandLineProject.Said;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A pipeline of two jobs, a profile that runs it on EMR, and a place for its results. */
final class EmrProject {
  static final String BUCKET = "data";

  private final Path folder;
  private final CommandLineProject project;
  private final S3Client s3;

  EmrProject(Path folder, S3Client s3) {
    this.folder = folder;
    this.s3 = s3;
    this.project =
        new CommandLineProject(folder)
            .file("jobs/demo/pipeline.yaml", "name: demo\nowner: me\ndomain: fleet\n")
            .file("jobs/demo/trips.yaml", job("trips", "${raw}/trips.csv"))
            .file("jobs/demo/cars.yaml", job("cars", "${raw}/cars.csv"));
  }

  private static String job(String name, String files) {
    return """
        kind: prepare
        name: %1$s
        inputs:
          log: {files: "%2$s", format: csv, columns: {id: int}}
        steps: []
        output: {table: prepared.%1$s, mode: replace}
        ruleset: none
        """
        .formatted(name, files);
  }

  /**
   * Writes the profile.
   *
   * @param emr lines of its section {@code emr}, besides those that all have
   */
  void profile(String emr) {
    profile(emr, "aws");
  }

  /** The same, for a driver that loads the profile of this name. */
  void profile(String emr, String driver) {
    project.file(
        "profile.yaml",
        """
        catalog: {name: lake, properties: {type: hadoop, warehouse: "${home}/warehouse"}}
        emr:
          region: us-east-1
          s3-endpoint: "%s"
          jar: s3://code/1.0/assay-1.0-emr.jar
          files: s3://code/1.0
          results: s3://%s/emr
          logs: s3://logs/emr
          profile: %s
          max-executors: 4
          poll-interval: PT0.005S
        %s
        """
            .formatted(
                s3.serviceClientConfiguration().endpointOverride().orElseThrow(),
                BUCKET,
                driver,
                emr.indent(2)));
  }

  Said submit(String... more) {
    return command("submit", "jobs/demo/trips.yaml", more);
  }

  Said command(String verb, String path, String... more) {
    List<String> words =
        new java.util.ArrayList<>(
            List.of(
                "emr",
                verb,
                folder.resolve(path).toString(),
                "--data-date",
                "2026-11-18",
                "--var",
                "raw=s3://raw"));
    words.addAll(List.of(more));
    return project.command(words.toArray(String[]::new));
  }

  Said cost(String by) {
    return project.command("cost", "--by", by);
  }

  CommandLineProject files() {
    return project;
  }

  /** What a driver does at its end: it writes a result to the address that it was given. */
  Consumer<List<String>> writes(String kind, String ending) {
    return arguments ->
        write(
            arguments.get(arguments.indexOf("--result") + 1),
            """
            {"pipeline": "demo", "data_date": "2026-11-18", "exit_code": 0, "exit_kind": "%s",
             "tables": [
               {"job": "trips", "table": "prepared.trips", "ending": "%s", "exit_code": 0,
                "run_id": "0123456789abcdef", "state": "%s", "score": 97.5, "coverage": 100,
                "rows_read": 12, "rows_written": 11, "rows_quarantined": 1, "seconds": 30.0,
                "gate_reasons": ["score 97.5 is below the minimum of 99"]},
               {"job": "cars", "table": "prepared.cars", "ending": "PUBLISHED", "seconds": 10.0}]}
            """
                .formatted(kind, ending, ending));
  }

  void write(String address, String text) {
    String key = address.substring("s3://".length() + BUCKET.length() + 1);
    s3.putObject(r -> r.bucket(BUCKET).key(key), RequestBody.fromString(text));
  }

  /** Forgets everything that was submitted. */
  void clear() {
    s3.listObjectsV2Paginator(r -> r.bucket(BUCKET)).contents().stream()
        .toList()
        .forEach(object -> s3.deleteObject(r -> r.bucket(BUCKET).key(object.key())));
  }
}
