package dev.assay.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.assay.model.ScoreScope;
import dev.assay.model.job.GatePolicy;
import dev.assay.model.job.Input;
import dev.assay.model.job.JobKind;
import dev.assay.model.job.Output;
import dev.assay.model.job.Protection;
import dev.assay.model.job.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published JSON Schemas say what the parser says. */
class SchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

  private static final String PIPELINE = "name: demo\nowner: me@example.com\n";
  private static final String REGISTER =
      "/properties/publish/properties/datazone/properties/register";
  private static final String PROFILE =
      """
      catalog:
        name: lake
        properties:
          type: hadoop
      """;
  private static final String EMR =
      """
      emr:
        mode: serverless
        application-name: assay
        execution-role: arn:aws:iam::123456789012:role/assay-job
        jar: s3://code/1.0/assay-1.0-emr.jar
        files: s3://code/1.0
        results: s3://data/emr
        max-executors: 8
      """;

  private static final String CLUSTER =
      """
      emr:
        mode: transient-ec2
        release: emr-7.14.0
        cluster:
          service-role: EMR_DefaultRole_V2
          instance-profile: assay-nodes
          subnet: subnet-0123
          primary-type: m7g.large
          core-type: m7g.xlarge
          core-nodes: 2
          task-type: r7g.xlarge
          task-nodes: 4
          idle-timeout: PT15M
        jar: s3://code/1.0/assay-1.0-emr.jar
        files: s3://code/1.0
        results: s3://data/emr
        max-executors: 8
      """;

  private static final String PREPARE =
      """
      kind: prepare
      name: trips
      inputs:
        log:
          files: a.csv
          format: csv
          columns: {id: int}
      steps:
        - trim: id
      output:
        table: prepared.trips
        mode: replace
      ruleset: none
      gate:
        minimum-score: 80
      """;
  private static final String BUILD =
      """
      kind: build
      name: usage
      inputs:
        trips: prepared.trips
        cars:
          table: prepared.cars
      sql: SELECT * FROM trips
      output:
        table: semantic.usage
        mode: replace
      ruleset: none
      """;

  private static final String CLASSIFY =
      """
      kind: classify
      name: verdicts
      inputs:
        messages: prepared.messages
      classify:
        key: message_id
        text: text
        model: message_model
      output:
        table: semantic.verdicts
        mode: replace
      ruleset: none
      """;

  private static final String TRAIN =
      """
      kind: train
      name: message_model
      texts: training.csv
      categories: [gambling]
      """;

  private static final String TESTS =
      """
      columns: {id: int}
      cases:
        - name: one
          rows: [[1]]
          rule: 1
          expect: pass
      """;

  @TempDir private Path project;
  private Path folder = Path.of("");

  @BeforeEach
  void createsAPipelineWithoutJobs() throws IOException {
    folder = Files.createDirectories(project.resolve("jobs/demo"));
    Files.writeString(folder.resolve("pipeline.yaml"), PIPELINE);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource
  void everyFileOfThisProjectMeetsItsSchema(String kind, Path file) {
    assertThat(complaints(kind, read(file))).isEmpty();
  }

  static Stream<Arguments> everyFileOfThisProjectMeetsItsSchema() {
    List<Arguments> files = new ArrayList<>();
    for (Path pipeline : list(Path.of("jobs"))) {
      if (Files.exists(pipeline.resolve("pipeline.yaml"))) {
        files.add(arguments("pipeline", pipeline.resolve("pipeline.yaml")));
        JobReader.jobFiles(pipeline).forEach(file -> files.add(arguments("job", file)));
        list(pipeline).stream()
            .filter(file -> file.toString().endsWith(".yaml") && OtherKinds.has(file))
            .forEach(file -> files.add(arguments(OtherKinds.of(file).orElseThrow(), file)));
      }
    }
    for (Path profiles :
        List.of(Path.of("src/main/resources/profiles"), Path.of("jobs/profiles"))) {
      list(profiles).forEach(file -> files.add(arguments("profile", file)));
    }
    list(Path.of("jobs/contracts")).forEach(file -> files.add(arguments("contract", file)));
    list(Path.of("rulesets")).stream()
        .flatMap(layer -> list(layer).stream())
        .filter(file -> file.toString().endsWith(RulesetTestReader.ENDING))
        .forEach(file -> files.add(arguments("ruleset-test", file)));
    return files.stream();
  }

  @Test
  void theFilesOfThisProjectAreFound() {
    assertThat(everyFileOfThisProjectMeetsItsSchema())
        .extracting(file -> file.get()[0] + " " + file.get()[1])
        .contains(
            "pipeline jobs/demo/pipeline.yaml",
            "job jobs/demo/trips.yaml",
            "job jobs/demo/message_verdicts.yaml",
            "train jobs/demo/message-model.yaml",
            "pipeline jobs/adventureworks/pipeline.yaml",
            "job jobs/adventureworks/shift.yaml",
            "contract jobs/contracts/mileage-register.yaml",
            "ruleset-test rulesets/prepared/trips.test.yaml",
            "profile src/main/resources/profiles/aws.yaml",
            "profile src/main/resources/profiles/local.yaml");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource
  void whatIsRightForTheParserIsRightForTheSchema(String kind, String what, String yaml) {
    load(kind, yaml);

    assertThat(complaints(kind, yaml)).isEmpty();
  }

  static Stream<Arguments> whatIsRightForTheParserIsRightForTheSchema() {
    return Stream.of(
        arguments("pipeline", "the least", PIPELINE),
        arguments(
            "pipeline",
            "every key",
            PIPELINE
                + """
                description: Everything.
                schedule: "0 4 * * *"
                zone: Europe/Berlin
                domain: cars
                tags: [one, 2]
                variables: {raw: /data, depth: 3, deep: "${home}/deep"}
                """),
        arguments("pipeline", "one tag", PIPELINE + "tags: one\n"),
        arguments("profile", "the least", PROFILE),
        arguments(
            "profile",
            "every key",
            PROFILE
                + """
                description: Everything.
                spark: {spark.ui.enabled: false, spark.sql.shuffle.partitions: 4}
                keys: {file: "${home}/keys.json", kms-key: alias/assay}
                publish:
                  evaluations: 100
                  score-drop: 2.5
                  files: {folder: "${home}/announcements"}
                  glue: {partition: aws, region: eu-central-1, account: "123456789012"}
                  datazone:
                    domain: dzd_abc123
                    lineage: false
                    region: eu-central-1
                    endpoint: https://datazone.eu-central-1.api.aws
                    role: arn:aws:iam::123456789012:role/publisher
                    sts-endpoint: https://sts.eu-central-1.amazonaws.com
                    register:
                      project: 4abc
                      central-project: 5abc
                      environment: lake prod
                      blueprint:
                        name: DefaultDataLake
                        regions: [eu-central-1]
                        provisioning-role: arn:aws:iam::123456789012:role/provision
                        manage-access-role: arn:aws:iam::123456789012:role/access
                        location: s3://bucket/datazone
                      data-access-role: arn:aws:iam::123456789012:role/service-role/AmazonDataZoneGlueAccess
                      redshift: {workgroup: wg, secret: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:x"}
                      lake-formation:
                        location-role: arn:aws:iam::123456789012:role/lake
                        tags: {environment: prod}
                        endpoint: https://lakeformation.eu-central-1.amazonaws.com
                  openlineage: {url: "http://localhost:5000/api/v1/lineage", key-variable: KEY}
                  sns:
                    topic: arn:aws:sns:eu-central-1:123456789012:data-quality.fifo
                    region: eu-central-1
                """),
        arguments(
            "profile",
            "every key of comprehend",
            PROFILE
                + """
                comprehend:
                  region: eu-west-1
                  endpoint-url: http://127.0.0.1:5000
                  endpoint: arn:aws:comprehend:eu-west-1:123456789012:document-classifier-endpoint/sms
                  classifier: arn:aws:comprehend:eu-west-1:123456789012:document-classifier/sms/version/v1
                  role: arn:aws:iam::123456789012:role/comprehend
                  work: s3://bucket/comprehend
                  journal: ${home}/journal
                  characters-per-second: 1000
                  documents-per-second: "20"
                  personal-data-per-second: 5.5
                  threads: 8
                  longest-wait: PT2H
                  compliant-label: fine
                  prices:
                    currency: USD
                    region: eu-west-1
                    date: 2026-11-01
                    unit-characters: 100
                    minimum-units: 3
                    sync-unit: 0.0001
                    async-unit: 0.0005
                    personal-data-unit: 0.0001
                    endpoint-second: 0.0005
                    training-hour: 3
                    model-month: 0.5
                """),
        arguments("profile", "the least of comprehend", PROFILE + "comprehend: {}\n"),
        arguments(
            "profile",
            "every key of retention",
            PROFILE
                + """
                retention:
                  quarantine: 90d
                  tables:
                    quarantine.prepared_trips: 30d
                    assay.verdicts: "365d"
                    assay.reviews: 730d
                    assay.sendings: 730d
                """),
        arguments("profile", "the least of retention", PROFILE + "retention: {}\n"),
        arguments(
            "profile",
            "every key of emr",
            PROFILE
                + """
                emr:
                  mode: serverless
                  region: eu-central-1
                  endpoint: https://emr-serverless.eu-central-1.amazonaws.com
                  s3-endpoint: https://s3.eu-central-1.amazonaws.com
                  application-id: 00fabc123
                  execution-role: arn:aws:iam::123456789012:role/assay-job
                  release: emr-spark-8.1.0
                  architecture: x86-64
                  jar: s3://code/1.0/assay-1.0-emr.jar
                  files: s3://code/1.0
                  results: s3://data/emr/
                  logs: s3://logs/emr
                  profile: aws
                  environment: {ASSAY_WAREHOUSE: "s3://data/warehouse"}
                  spark: {spark.jars: /usr/share/aws/iceberg/lib/iceberg-spark3-runtime.jar}
                  driver: {vcpu: 2, memory-gb: 8}
                  executor: {vcpu: 8, memory-gb: 32, disk-gb: 500, disk: shuffle-optimized}
                  max-executors: 8
                  timeout: PT1H
                  start-timeout: PT15M
                  poll-interval: PT5S
                  tags: {team: data, "cost-centre": 42}
                  prices:
                    currency: USD
                    region: eu-central-1
                    date: 2026-11-01
                    vcpu-hour: 0.05
                    gb-hour: 0.005
                    storage-gb-hour: 0.0001
                    instances:
                      m7g.xlarge: {on-demand-hour: 0.2, spot-hour: 0.07, emr-hour: 0.05}
                """),
        arguments("profile", "emr with an application's name", PROFILE + EMR),
        arguments("profile", "emr on a cluster", PROFILE + CLUSTER),
        arguments("profile", "units", PROFILE + "comprehend: {inference-units: 10}\n"),
        arguments("profile", "keys in a secret", PROFILE + "keys: {secret: assay/keys}\n"),
        arguments("ruleset-test", "the least", TESTS),
        arguments(
            "ruleset-test",
            "every key",
            """
            description: Everything.
            columns: {id: int, price: "DECIMAL(10, 2)"}
            now: 2026-11-18T00:00:00Z
            references: {cars: {columns: {vin: string}, rows: [[A], {vin: null}]}}
            cases:
              - {name: 1, rows: [], rule: RowCount > 0, expect: fail}
              - {name: two, rows: [{id: 1}], rule: 1, expect: unanswered, failing-rows: 0}
            """),
        arguments("train", "the least", TRAIN),
        arguments(
            "train",
            "every key",
            TRAIN
                + """
                description: Everything.
                test: test.csv
                delimiter: ";"
                compliant: fine
                language: de
                target-recall: 0.9
                folds: 5
                reviews: false
                by: local
                """),
        arguments("train", "on Comprehend", TRAIN + "by: comprehend\nmax-cost: 12.50\n"),
        arguments("job", "a classify job", CLASSIFY),
        arguments(
            "job",
            "every key of a classify job",
            CLASSIFY.replace(
                "  model: message_model\n",
                """
                  model: message_model@0123abcd
                  keep: [campaign, channel]
                  by: cascade
                  thresholds: {gambling: 0.4}
                  margin: 0.2
                  languages: [en]
                  personal-data: none
                  region: DE
                  max-cost: 12.50
                """)),
        arguments("job", "a prepare job", PREPARE),
        arguments("job", "a build job", BUILD),
        arguments(
            "job",
            "a build job without inputs",
            BUILD.replaceAll("(?s)inputs:.*sql", "inputs: {}\nsql")),
        arguments(
            "job",
            "every key of a prepare job",
            """
            kind: prepare
            name: trips
            description: Trips.
            inputs:
              log:
                files: [a/*.csv, "b/${date}.csv"]
                format: csv
                csv:
                  delimiter: tab
                  quote: none
                  escape: '\\'
                  header: false
                  encoding: ISO-8859-1
                  multi-line: "true"
                  null-text: 0
                columns:
                  id: bigint
                  price: {type: "DECIMAL(10, 2)", format: "1.234,56", nullable: false}
                  tags: array<string>
                  seen: Timestamp
                  day: string
                  name: string
                  phone: string
                  mail: string
                  vin: string
                  junk: string
                  note: string
                extra-fields: ignore
                on-missing: skip
                on-corrupt-file: set-aside
            references:
              cars: prepared.cars
            steps:
              - rename: {tags: labels}
              - cast: {day: {type: date, format: dd.MM.yyyy}}
              - trim: [name]
              - normalise: {name: single-spaces, phone: digits, mail: lower, vin: upper}
              - derive: {total: price * 2, one: 1}
              - drop: [junk]
              - filter: price > 0
              - deduplicate: {keys: id, order: [seen desc]}
              - protect: {name: tokenise, mail: encrypt, phone: mask, note: drop}
              - row-rules: {priced: price IS NOT NULL}
            output:
              table: prepared.trips
              mode: merge
              keys: [id]
              deletes: op = 'D'
              partition: [days(seen)]
              sort: id
              properties: {write.format.default: parquet}
              comments: {id: The number}
              description: All trips.
              owner: me@example.com
              drift: after-review
            ruleset: none
            gate:
              minimum-score: 80.5
              minimum-coverage: "90"
              must-pass: {severity: blocker, level: 1}
              unanswered: ignore
              first-publish: review
              on-bad-rule: unanswered
              scope: batch
              maximum-quarantine: 0
              empty: pass
            publish: {classification: internal, personal-data: name, refresh: daily}
            """),
        arguments(
            "job",
            "every key of a table input",
            """
            kind: prepare
            name: trips
            inputs:
              log: {table: raw.trips, snapshot: 42, read: changes, on-missing: skip}
            output: {table: prepared.trips, mode: merge, keys: [id]}
            ruleset: none
            """),
        arguments(
            "job", "a snapshot as text", BUILD.replace("cars:\n", "cars:\n    snapshot: '42'\n")),
        arguments("job", "a tab as it is written in Java", csv("delimiter: '\\t'")),
        arguments("job", "a digit as delimiter", csv("delimiter: 1")),
        arguments(
            "job", "avro without columns", PREPARE.replaceAll("csv\n    columns: .*", "avro")),
        arguments("job", "no steps", PREPARE.replaceAll("steps:\n.*", "steps: []")),
        arguments(
            "job",
            "one key of a merge",
            PREPARE
                .replace("mode: replace", "{mode: merge, keys: id}")
                .replaceAll("output:\n  (.*)\n  \\{", "output: {$1, ")));
  }

  @Test
  void variablesMayStandForAnyValue() {
    String yaml =
        """
        kind: ${kind}
        name: trips_${kind}
        inputs:
          log:
            files: ${raw}/a.csv
            format: ${format}
            csv: {delimiter: "${comma}", header: "${yes}"}
            columns: {id: "${type}", other: {type: "${type}", nullable: "${yes}"}}
            on-missing: ${missing}
          cars: {table: "prepared.${kind}", snapshot: "${number}"}
          more: ${layer}.more
        sql: SELECT 1
        output: {table: "${layer}.trips", mode: "${mode}"}
        ruleset: ${ruleset}
        gate: {minimum-score: "${number}", unanswered: "${unanswered}"}
        """;
    Map<String, String> variables = new TreeMap<>();
    variables.put("kind", "build");
    variables.put("raw", "/data");
    variables.put("format", "csv");
    variables.put("comma", ";");
    variables.put("yes", "true");
    variables.put("type", "int");
    variables.put("missing", "skip");
    variables.put("number", "42");
    variables.put("layer", "semantic");
    variables.put("mode", "replace");
    variables.put("ruleset", "none");
    variables.put("unanswered", "ignore");
    write(folder.resolve("trips.yaml"), yaml);

    assertThat(new JobFiles(Clock.systemUTC(), variables, Optional.empty()).load(folder).chosen())
        .extracting(job -> job.name() + " " + job.output().mode())
        .containsExactly("trips_build REPLACE");
    assertThat(complaints("job", yaml)).isEmpty();
  }

  @Test
  void theNewKeysOfInputsAreKnown() {
    assertThat(complaints("job", PREPARE.replace("format: csv", "format: csv\n    read: all")))
        .isEmpty();
    assertThat(
            complaints("job", PREPARE.replace("format: csv", "format: csv\n    read: new-files")))
        .isEmpty();
    assertThat(complaints("job", PREPARE.replace("format: csv", "format: csv\n    read: changes")))
        .isNotEmpty();
    assertThat(complaints("job", BUILD.replace("cars:\n", "cars:\n    on-rewrite: fail\n")))
        .isEmpty();
    assertThat(complaints("job", BUILD.replace("cars:\n", "cars:\n    on-rewrite: ignore\n")))
        .isEmpty();
    assertThat(complaints("job", BUILD.replace("cars:\n", "cars:\n    on-rewrite: skip\n")))
        .isNotEmpty();
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource
  void whatIsWrongIsRefusedByParserAndSchema(String kind, String yaml, String complaint) {
    Path file = file(kind);

    assertThatThrownBy(() -> load(kind, yaml))
        .isInstanceOf(InvalidJobException.class)
        .hasMessage(file + complaint);
    assertThat(complaints(kind, yaml)).isNotEmpty();
  }

  static Stream<Arguments> whatIsWrongIsRefusedByParserAndSchema() {
    return Stream.of(
        wrong(
            "pipeline",
            PIPELINE + "zones: UTC\n",
            ":3:1: unknown key 'zones'. Did you mean 'zone'?"),
        wrong("pipeline", "name: demo\n", ":1:1: key 'owner' is missing. Add it."),
        wrong(
            "pipeline",
            PIPELINE + "schedule: daily\n",
            ":3:11: 'schedule': 'daily' is no cron expression. Expected five fields, such as 0 4 * * *."),
        wrong("pipeline", "owner: me\n", ":1:1: key 'name' is missing. Add it."),
        wrong(
            "pipeline",
            "[name, owner]\n",
            ":1:1: the file holds a list. Expected keys and values."),
        wrong(
            "pipeline",
            PIPELINE + "tags: {one: two}\n",
            ":3:7: 'tags' is a mapping. Expected text."),
        wrong(
            "pipeline",
            PIPELINE + "description:\n",
            ":3:13: 'description' is empty. Expected text."),
        wrong(
            "pipeline",
            PIPELINE + "variables: [raw]\n",
            ":3:12: 'variables' is a list. Expected keys and values."),
        wrong(
            "pipeline",
            PIPELINE + "variables: {raw: [a]}\n",
            ":3:18: 'variables.raw' is a list. Expected text."),
        wrong(
            "profile",
            PROFILE + "key: {file: a}\n",
            ":5:1: unknown key 'key'. Did you mean 'keys'?"),
        wrong(
            "profile",
            PROFILE + "publish: {datazone: {domain: dzd_a}}\n",
            ":5:21: datazone needs to know whose tables these are. Add glue: {region: …, account: …} beside it: the account of the Glue catalog."),
        wrong("profile", "spark: {}\n", ":1:1: key 'catalog' is missing. Add it."),
        wrong(
            "profile",
            "catalog: {name: lake}\n",
            ":1:10: key 'properties' is missing in 'catalog'. Add it."),
        wrong(
            "profile",
            "catalog: {properties: {}}\n",
            ":1:10: key 'name' is missing in 'catalog'. Add it."),
        wrong(
            "profile",
            PROFILE.replace("name", "nam"),
            ":2:3: unknown key 'nam' in 'catalog'. Did you mean 'name'?"),
        wrong(
            "profile",
            PROFILE + "keys: {}\n",
            ":5:7: keys name nothing. Expected either file: PATH or secret: NAME."),
        wrong(
            "profile",
            PROFILE + "keys: {kms-key: alias/assay}\n",
            ":5:7: keys name a KMS key alone. Expected either file: PATH or secret: NAME."),
        wrong(
            "profile",
            PROFILE + "keys: {secret: assay/keys, kms-key: alias/assay}\n",
            ":5:7: keys name a secret and a KMS key. Expected kms-key only beside file: PATH; Secrets Manager encrypts by itself."),
        wrong(
            "profile",
            PROFILE
                + "comprehend: {inference-units: 1, characters-per-second: 9, documents-per-second: 1}\n",
            ":5:13: comprehend names inference units and a rate. Expected either inference-units, or characters-per-second and documents-per-second."),
        wrong(
            "profile",
            PROFILE + "comprehend: {characters-per-second: 9}\n",
            ":5:13: key 'documents-per-second' is missing in 'comprehend'. Add it."),
        wrong(
            "profile",
            PROFILE + "comprehend: {prices: {currency: USD, region: eu-west-1}}\n",
            ":5:22: key 'date' is missing in 'comprehend.prices'. Add it."),
        wrong(
            "profile",
            PROFILE + "comprehend: {endpoints: x}\n",
            ":5:14: unknown key 'endpoints' in 'comprehend'. Did you mean 'endpoint'?"),
        wrong(
            "profile",
            PROFILE + "retention: {quarantines: 90d}\n",
            ":5:13: unknown key 'quarantines' in 'retention'. Did you mean 'quarantine'?"),
        wrong(
            "profile",
            PROFILE + "retention: {quarantine: 90 days}\n",
            ":5:25: '90 days' is no number of days. Expected whole days such as 90d."),
        wrong(
            "profile",
            PROFILE + "retention: {quarantine: 0d}\n",
            ":5:25: '0d' is no number of days. Expected whole days such as 90d."),
        wrong(
            "profile",
            PROFILE + "retention:\n  tables:\n    assay.review: 90d\n",
            ":7:5: unknown key 'assay.review' in 'retention.tables'. Did you mean 'assay.reviews'?"),
        wrong(
            "profile",
            PROFILE + "retention: {tables: {prepared.trips: 90d}}\n",
            ":5:22: unknown key 'prepared.trips' in 'retention.tables'. Expected one of: assay.verdicts, assay.reviews, assay.sendings."),
        wrong(
            "profile",
            PROFILE + "retention: {tables: {assay.runs: 90d}}\n",
            ":5:22: unknown key 'assay.runs' in 'retention.tables'. Expected one of: assay.verdicts, assay.reviews, assay.sendings."),
        wrong(
            "profile",
            PROFILE + "keys: a.json\n",
            ":5:7: 'keys' is a single value. Expected keys and values."),
        wrong(
            "profile",
            PROFILE + "spark: {a: {b: c}}\n",
            ":5:12: 'spark.a' is a mapping. Expected text."),
        prepare(
            "kind: prepare", "kind: prepair", ":1:7: 'kind' is 'prepair'. Did you mean 'prepare'?"),
        prepare("kind: prepare\n", "", ":1:1: key 'kind' is missing. Add it."),
        prepare("name: trips\n", "", ":1:1: key 'name' is missing. Add it."),
        prepare(
            "name: trips",
            "name: Trips",
            ":2:7: 'name': 'Trips' is not a name: expected lower-case letters, digits and underscores."),
        prepare("name: trips", "nmae: trips", ":2:1: unknown key 'nmae'. Did you mean 'name'?"),
        prepare("(?s)inputs:.*?steps", "steps", ":1:1: key 'inputs' is missing. Add it."),
        prepare(
            "(?s)inputs:.*?steps",
            "inputs: {}\nsteps",
            ":3:9: a prepare job has 0 inputs. Expected one; joins belong into a build job."),
        prepare(
            "inputs:",
            "inputs:\n  other: raw.other",
            ":4:3: a prepare job has 2 inputs. Expected one; joins belong into a build job."),
        prepare(
            "(?s)inputs:.*?steps",
            "inputs: raw.trips\nsteps",
            ":3:9: 'inputs' is a single value. Expected keys and values."),
        prepare("(?s)output:.*?ruleset", "ruleset", ":1:1: key 'output' is missing. Add it."),
        prepare("ruleset: none\n", "", ":1:1: key 'ruleset' is missing. Add it."),
        prepare(
            "steps:",
            "sql: SELECT 1\nsteps:",
            ":8:6: a prepare job has no sql. Use steps, or kind: build."),
        prepare(
            "files: a.csv",
            "file: a.csv",
            ":5:5: unknown key 'file' in 'inputs.log'. Did you mean 'files'?"),
        prepare("    format: csv\n", "", ":5:5: key 'format' is missing in 'inputs.log'. Add it."),
        prepare(
            "format: csv",
            "format: xml",
            ":6:13: 'inputs.log.format' is 'xml'. Expected one of: csv, json, avro, parquet."),
        prepare("    columns: .*\n", "", ":5:5: key 'columns' is missing in 'inputs.log'. Add it."),
        prepare(
            "format: csv\n    columns: .*\n",
            "format: json\n",
            ":5:5: key 'columns' is missing in 'inputs.log'. Add it."),
        prepare(
            "format: csv",
            "format: json\n    csv: {header: true}",
            ":7:10: csv settings do not go with this format. Take them out."),
        prepare(
            "format: csv",
            "format: csv\n    colums: {}",
            ":7:5: unknown key 'colums' in 'inputs.log'. Did you mean 'columns'?"),
        prepare(
            "format: csv",
            "format: csv\n    on-missing: ignore",
            ":7:17: 'inputs.log.on-missing' is 'ignore'. Expected one of: fail, skip."),
        prepare(
            "id: int",
            "id: integr",
            ":7:19: 'inputs.log.columns.id': 'integr' is not a type. Expected one of: string, boolean, tinyint, smallint, int, bigint, float, double, date, timestamp, binary. Decimals are written decimal(10,2)."),
        prepare(
            "id: int",
            "id: 'decimal(40,2)'",
            ":7:19: 'inputs.log.columns.id': 'decimal(40,2)' is not a type. Expected one of: string, boolean, tinyint, smallint, int, bigint, float, double, date, timestamp, binary. Decimals are written decimal(10,2)."),
        prepare(
            "id: int",
            "id: {format: x}",
            ":7:19: key 'type' is missing in 'inputs.log.columns.id'. Add it."),
        prepare(
            "id: int",
            "id: {type: int, null: no}",
            ":7:31: unknown key 'null' in 'inputs.log.columns.id'. Did you mean 'nullable'?"),
        prepare(
            "id: int",
            "id: {type: int, nullable: never}",
            ":7:41: 'inputs.log.columns.id.nullable' is 'never'. Expected true or false."),
        wrong(
            "job",
            csv("separator: ';'"),
            ":8:7: unknown key 'separator' in 'inputs.log.csv'. Expected one of: delimiter, quote, escape, header, encoding, multi-line, null-text."),
        wrong(
            "job",
            csv("delimiter: ';;'"),
            ":8:18: 'inputs.log.csv.delimiter': ';;' is not one character; for a tab write \"\\t\"."),
        wrong(
            "job",
            csv("delimiter: none"),
            ":8:18: 'inputs.log.csv.delimiter': 'none' is not one character; for a tab write \"\\t\"."),
        wrong(
            "job",
            csv("header: 1"),
            ":8:15: 'inputs.log.csv.header' is '1'. Expected true or false."),
        prepare("steps:\n.*", "steps: {trim: id}", ":8:8: 'steps' is a mapping. Expected a list."),
        prepare(
            "- trim: id",
            "- trim: id\n    drop: id",
            ":9:5: a step has 2 keys. Expected one key per step: put a dash before each."),
        prepare(
            "- trim: id",
            "- {}",
            ":9:5: a step has 0 keys. Expected one key per step: put a dash before each."),
        prepare(
            "- trim: id",
            "- trims: id",
            ":9:5: unknown key 'trims' in 'steps'. Did you mean 'trim'?"),
        prepare(
            "- trim: id", "- trim: {id: x}", ":9:11: 'steps.trim' is a mapping. Expected text."),
        prepare(
            "- trim: id", "- filter: [a, b]", ":9:13: 'steps.filter' is a list. Expected text."),
        prepare(
            "- trim: id",
            "- rename: [a, b]",
            ":9:13: 'steps.rename' is a list. Expected keys and values."),
        prepare(
            "- trim: id",
            "- normalise: {id: uper}",
            ":9:21: 'steps.normalise.id' is 'uper'. Did you mean 'upper'?"),
        prepare(
            "- trim: id",
            "- protect: {id: hash}",
            ":9:19: 'steps.protect.id' is 'hash'. Did you mean 'mask'?"),
        prepare(
            "- trim: id",
            "- deduplicate: {order: id}",
            ":9:18: key 'keys' is missing in 'steps.deduplicate'. Add it."),
        prepare(
            "- trim: id",
            "- deduplicate: {keys: id, by: id}",
            ":9:29: unknown key 'by' in 'steps.deduplicate'. Expected one of: keys, order."),
        prepare(
            "- trim: id",
            "- cast: {id: text}",
            ":9:16: 'steps.cast.id': 'text' is not a type. Expected one of: string, boolean, tinyint, smallint, int, bigint, float, double, date, timestamp, binary. Decimals are written decimal(10,2)."),
        prepare(
            "table: prepared",
            "tabel: prepared",
            ":11:3: unknown key 'tabel' in 'output'. Did you mean 'table'?"),
        prepare(
            "table: prepared.trips",
            "table: raw.trips",
            ":11:10: 'output.table': 'raw.trips' is not in layer prepared or semantic; nothing else is written by a job."),
        prepare(
            "table: prepared.trips",
            "table: trips",
            ":11:10: 'output.table': 'trips' is not a table name: expected layer.name, for example prepared.trips."),
        prepare("  table: .*\n", "", ":11:3: key 'table' is missing in 'output'. Add it."),
        prepare("  mode: .*\n", "", ":11:3: key 'mode' is missing in 'output'. Add it."),
        prepare(
            "mode: replace",
            "mode: overwrite_partitions",
            ":12:9: 'output.mode' is 'overwrite_partitions'. Did you mean 'overwrite-partitions'?"),
        prepare(
            "mode: replace", "mode: merge", ":11:3: key 'keys' is missing in 'output'. Add it."),
        prepare(
            "mode: replace",
            "mode: merge\n  keys: []",
            ":13:9: a merge has no keys. Name the columns of its key."),
        prepare(
            "mode: replace",
            "mode: append\n  keys: [id]",
            ":13:9: 'keys' goes with mode merge only. Take it out."),
        prepare(
            "mode: replace",
            "mode: replace\n  deletes: a",
            ":13:12: 'deletes' goes with mode merge only. Take it out."),
        prepare(
            "mode: replace",
            "mode: replace\n  drift: stop",
            ":13:10: 'output.drift' is 'stop'. Expected one of: fail, warn, evolve, after-review."),
        prepare(
            "minimum-score: 80",
            "minimum-scores: 80",
            ":15:3: unknown key 'minimum-scores' in 'gate'. Did you mean 'minimum-score'?"),
        prepare(
            "minimum-score: 80",
            "minimum-score: 101",
            ":15:18: 101 is not a percentage. Expected 0 to 100."),
        prepare(
            "minimum-score: 80",
            "minimum-score: -1",
            ":15:18: -1 is not a percentage. Expected 0 to 100."),
        prepare(
            "minimum-score: 80",
            "minimum-score: high",
            ":15:18: 'gate.minimum-score' is 'high'. Expected a number."),
        prepare(
            "minimum-score: 80",
            "minimum-score: '101'",
            ":15:18: 101 is not a percentage. Expected 0 to 100."),
        prepare(
            "minimum-score: 80",
            "unanswered: fail",
            ":15:15: 'gate.unanswered' is 'fail'. Expected one of: hold, ignore."),
        prepare(
            "minimum-score: 80",
            "first-publish: hold",
            ":15:18: 'gate.first-publish' is 'hold'. Expected one of: pass, review."),
        prepare(
            "minimum-score: 80",
            "on-bad-rule: unanswerd",
            ":15:16: 'gate.on-bad-rule' is 'unanswerd'. Did you mean 'unanswered'?"),
        prepare(
            "minimum-score: 80",
            "scope: run",
            ":15:10: 'gate.scope' is 'run'. Expected one of: table, batch."),
        prepare(
            "minimum-score: 80",
            "must-pass: [severity]",
            ":15:14: 'gate.must-pass' is a list. Expected keys and values."),
        build("sql: .*\n", "", ":1:1: key 'sql' is missing. Add it."),
        build("sql: .*\n", "sql: [a]\n", ":7:6: 'sql' is a list. Expected text."),
        build(
            "sql:", "steps: []\nsql:", ":7:8: a build job has no steps. Its sql says everything."),
        build(
            "trips: prepared.trips",
            "trips: prepared",
            ":4:10: 'inputs.trips': 'prepared' is not a table name: expected layer.name, for example prepared.trips."),
        build(
            "trips: prepared.trips",
            "trips: [prepared.trips]",
            ":4:10: 'inputs.trips' is a list. Expected text."),
        build(
            "table: prepared.cars",
            "snapshot: 1",
            ":6:5: the input has neither 'files' nor 'table'. Add one of them."),
        build(
            "table: prepared.cars",
            "table: prepared.cars\n    snapshot: first",
            ":7:15: 'inputs.cars.snapshot': 'first' is not a number."),
        build(
            "table: prepared.cars",
            "table: prepared.cars\n    read: all",
            ":7:11: 'inputs.cars.read' is 'all'. Expected one of: latest, changes."),
        build(
            "table: prepared.cars",
            "table: prepared.cars\n    snapshots: 1",
            ":7:5: unknown key 'snapshots' in 'inputs.cars'. Did you mean 'snapshot'?"),
        build(
            "sql:",
            "references: {cars: cars}\nsql:",
            ":7:20: 'references.cars': 'cars' is not a table name: expected layer.name, for example prepared.trips."),
        wrong(
            "train",
            TRAIN + "by: comprehent\n",
            ":5:5: 'by' is 'comprehent'. Did you mean 'comprehend'?"),
        wrong(
            "profile",
            PROFILE + EMR.replace("serverless", "serverles"),
            ":6:9: 'emr.mode' is 'serverles'. Did you mean 'serverless'?"),
        wrong(
            "profile",
            PROFILE + EMR + "  application-id: 00f\n",
            ":6:3: the application has an id and a name. Expected either application-id: ID or application-name: NAME."),
        wrong(
            "profile",
            PROFILE + EMR.replace("mode: serverless", "mode: transient-ec2"),
            ":7:3: 'application-name' is no key of mode transient-ec2. Take it out."),
        wrong(
            "profile",
            PROFILE + CLUSTER.replace("  release: emr-7.14.0\n", ""),
            ":6:3: key 'release' is missing in 'emr'. Add it."),
        wrong(
            "profile",
            PROFILE + EMR.replace("  max-executors: 8\n", ""),
            ":6:3: key 'max-executors' is missing in 'emr'. Add it."),
        wrong(
            "train",
            TRAIN + "max-cost: 5\n",
            ":5:11: 'max-cost' is no key of a training by local. A local training costs nothing; take it out, or say by: comprehend."),
        wrong(
            "train",
            TRAIN + "by: comprehend\nfolds: 5\n",
            ":6:8: 'folds' is no key of a training by comprehend. Comprehend holds texts out itself and chooses no thresholds; take it out."),
        wrong(
            "train",
            TRAIN + "by: comprehend\nmax-cost: 0\n",
            ":6:11: 'max-cost' is 0. Expected more than 0."),
        wrong(
            "ruleset-test",
            TESTS.replace("pass", "passed"),
            ":6:13: 'cases.expect' is 'passed'. Did you mean 'pass'?"),
        wrong(
            "ruleset-test",
            TESTS.replace("int}", "array<int>}"),
            ":1:15: 'array<int>' has parts, and a cell of a test has none. Declare each field of a struct by its path, such as address.city: string; arrays and maps are not tested here."),
        wrong(
            "ruleset-test",
            TESTS.replace("{id: int}", "{}"),
            ":1:10: there are no columns. Expected some, such as columns: {id: bigint}."));
  }

  @ParameterizedTest(name = "{0}.schema.json{1}")
  @MethodSource("places")
  void theSchemaHasTheKeysOfTheParser(String kind, String pointer, String yaml) {
    Set<String> expected = new TreeSet<>(keysOfTheParser(kind, yaml));
    if (pointer.equals("/$defs/tableInput")) {
      // only for the message: an input with files is read as files
      expected.remove("files");
    }

    assertThat(new TreeSet<>(keys(schema(kind).at(pointer + "/properties")))).isEqualTo(expected);
  }

  static Stream<Arguments> places() {
    return Stream.of(
        arguments("pipeline", "", PIPELINE + "zzzzzz: 1\n"),
        arguments("profile", "", PROFILE + "zzzzzz: 1\n"),
        arguments("profile", "/properties/catalog", "catalog: {zzzzzz: 1}\n"),
        arguments("profile", "/properties/keys", PROFILE + "keys: {zzzzzz: 1}\n"),
        arguments("profile", "/properties/comprehend", PROFILE + "comprehend: {zzzzzz: 1}\n"),
        arguments("profile", "/properties/retention", PROFILE + "retention: {zzzzzz: 1}\n"),
        arguments(
            "profile",
            "/properties/retention/properties/tables",
            PROFILE + "retention: {tables: {zzzzzz: 1}}\n"),
        arguments("profile", "/properties/emr", PROFILE + EMR + "  zzzzzz: 1\n"),
        arguments(
            "profile",
            "/properties/emr/properties/cluster",
            PROFILE + CLUSTER.replace("cluster:", "cluster:\n    zzzzzz: 1")),
        arguments(
            "profile",
            "/properties/emr/properties/prices",
            PROFILE + EMR + "  prices: {zzzzzz: 1}\n"),
        arguments("profile", "/$defs/worker", PROFILE + EMR + "  driver: {zzzzzz: 1}\n"),
        arguments(
            "profile",
            "/$defs/instancePrice",
            PROFILE
                + EMR
                + "  prices: {currency: USD, region: r, date: 2026-11-01, instances: {a: {zzzzzz: 1}}}\n"),
        arguments(
            "profile",
            "/properties/comprehend/properties/prices",
            PROFILE + "comprehend: {prices: {zzzzzz: 1}}\n"),
        arguments("profile", "/properties/publish", PROFILE + "publish: {zzzzzz: 1}\n"),
        arguments(
            "profile",
            "/properties/publish/properties/files",
            PROFILE + "publish: {files: {zzzzzz: 1}}\n"),
        arguments(
            "profile",
            "/properties/publish/properties/glue",
            PROFILE + "publish: {glue: {zzzzzz: 1}}\n"),
        arguments(
            "profile",
            "/properties/publish/properties/datazone",
            PROFILE
                + "publish: {glue: {region: r, account: '123456789012'}, datazone: {zzzzzz: 1}}\n"),
        arguments("profile", REGISTER, registering("zzzzzz: 1")),
        arguments(
            "profile",
            REGISTER + "/properties/blueprint",
            registering("project: p, environment: e, blueprint: {zzzzzz: 1}")),
        arguments(
            "profile",
            REGISTER + "/properties/redshift",
            registering("project: p, environment: e, redshift: {zzzzzz: 1}")),
        arguments(
            "profile",
            REGISTER + "/properties/lake-formation",
            registering("project: p, environment: e, lake-formation: {zzzzzz: 1}")),
        arguments(
            "profile",
            "/properties/publish/properties/openlineage",
            PROFILE + "publish: {openlineage: {zzzzzz: 1}}\n"),
        arguments(
            "profile",
            "/properties/publish/properties/sns",
            PROFILE + "publish: {sns: {zzzzzz: 1}}\n"),
        arguments("job", "", PREPARE + "zzzzzz: 1\n"),
        arguments("job", "/$defs/fileInput", PREPARE.replace("format:", "zzzzzz: 1\n    format:")),
        arguments("job", "/$defs/tableInput", BUILD.replace("cars:\n", "cars:\n    zzzzzz: 1\n")),
        arguments("job", "/$defs/csv", csv("zzzzzz: 1")),
        arguments("job", "/$defs/column", PREPARE.replace("id: int", "id: {zzzzzz: 1}")),
        arguments("job", "/$defs/step", PREPARE.replace("trim: id", "zzzzzz: 1")),
        arguments(
            "job", "/$defs/deduplicate", PREPARE.replace("trim: id", "deduplicate: {zzzzzz: 1}")),
        arguments("job", "/$defs/output", PREPARE.replace("mode:", "zzzzzz: 1\n  mode:")),
        arguments("job", "/$defs/gate", PREPARE + "  zzzzzz: 1\n"),
        arguments("job", "/properties/publish", PREPARE + "publish: {zzzzzz: 1}\n"),
        arguments("job", "/$defs/classify", CLASSIFY.replace("key:", "zzzzzz: 1\n  key:")),
        arguments("train", "", TRAIN + "zzzzzz: 1\n"),
        arguments("ruleset-test", "", TESTS + "zzzzzz: 1\n"),
        arguments("ruleset-test", "/$defs/reference", TESTS + "references: {cars: {zzzzzz: 1}}\n"),
        arguments("ruleset-test", "/$defs/case", TESTS.replace("rule:", "zzzzzz:")));
  }

  @Test
  void everyPlaceOfTheSchemasThatRefusesUnknownKeysIsComparedWithTheParser() {
    Set<String> closed = new TreeSet<>();
    for (String kind : List.of("pipeline", "job", "profile", "ruleset-test", "train")) {
      closed(schema(kind), kind, closed);
    }

    assertThat(closed)
        .isEqualTo(
            new TreeSet<>(places().map(place -> place.get()[0] + "" + place.get()[1]).toList()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void theSchemaHasTheWordsOfTheParser(String pointer, Class<? extends Enum<?>> words) {
    List<String> expected =
        Arrays.stream(words.getEnumConstants()).map(word -> Yaml.nameOf((Enum<?>) word)).toList();

    assertThat(texts(schema("job").at(pointer + "/anyOf/0/enum"))).isEqualTo(expected);
  }

  static Stream<Arguments> theSchemaHasTheWordsOfTheParser() {
    return Stream.of(
        arguments("/properties/kind", JobKind.class),
        arguments("/$defs/fileInput/properties/format", Input.Format.class),
        arguments("/$defs/fileInput/properties/extra-fields", Input.ExtraFields.class),
        arguments("/$defs/fileInput/properties/on-missing", Input.OnMissing.class),
        arguments("/$defs/fileInput/properties/on-corrupt-file", Input.OnCorruptFile.class),
        arguments("/$defs/tableInput/properties/read", Input.Table.Read.class),
        arguments("/$defs/tableInput/properties/on-missing", Input.OnMissing.class),
        arguments(
            "/$defs/step/properties/normalise/additionalProperties", Step.Normalise.Form.class),
        arguments("/$defs/step/properties/protect/additionalProperties", Protection.class),
        arguments("/$defs/output/properties/mode", Output.Mode.class),
        arguments("/$defs/output/properties/drift", Output.Drift.class),
        arguments("/$defs/gate/properties/unanswered", GatePolicy.Unanswered.class),
        arguments("/$defs/gate/properties/first-publish", GatePolicy.FirstPublish.class),
        arguments("/$defs/gate/properties/on-bad-rule", GatePolicy.OnBadRule.class),
        arguments("/$defs/gate/properties/scope", ScoreScope.class));
  }

  @Test
  void theSchemaHasTheTypesOfTheParser() {
    assertThatThrownBy(() -> SqlType.check("zzzzzz"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'zzzzzz' is not a type. Expected one of: %s. Decimals are written decimal(10,2)",
            String.join(", ", texts(schema("job").at("/$defs/columnType/anyOf/0/enum"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pipeline", "job", "profile", "ruleset-test", "train"})
  void everyKeyIsDescribedInOneSentence(String kind) {
    Map<String, String> descriptions = new TreeMap<>();
    descriptions(schema(kind), kind, descriptions);

    assertThat(descriptions)
        .isNotEmpty()
        .allSatisfy((key, description) -> assertThat(description).matches("[A-Z].{8,}[^.]\\."))
        .allSatisfy((key, description) -> assertThat(description).doesNotContain(". "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pipeline", "job", "profile", "ruleset-test", "train"})
  void theSchemaIsOfTheDraftThatItNames(String kind) {
    assertThat(schema(kind).path("$schema").asText())
        .isEqualTo("https://json-schema.org/draft/2020-12/schema");
  }

  @Test
  void filesAndATableDoNotMix() {
    String yaml = PREPARE.replace("format: csv", "format: csv\n    table: raw.trips");

    assertThatThrownBy(() -> load("job", yaml))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageStartingWith(
            file("job") + ":7:5: unknown key 'table' in 'inputs.log'. Expected one of: files, ");
    assertThat(complaints("job", yaml)).isNotEmpty();
  }

  private static Arguments wrong(String kind, String yaml, String complaint) {
    return arguments(kind, yaml, complaint);
  }

  private static Arguments prepare(String regex, String replacement, String complaint) {
    return arguments("job", PREPARE.replaceFirst(regex, replacement), complaint);
  }

  private static Arguments build(String regex, String replacement, String complaint) {
    return arguments("job", BUILD.replaceFirst(regex, replacement), complaint);
  }

  private static String csv(String setting) {
    return PREPARE.replace("format: csv\n", "format: csv\n    csv:\n      " + setting + "\n");
  }

  private Path file(String kind) {
    return switch (kind) {
      case "pipeline" -> folder.resolve("pipeline.yaml");
      case "job" -> folder.resolve("trips.yaml");
      case "ruleset-test" -> project.resolve("trips.test.yaml");
      case "train" -> project.resolve("model.yaml");
      default -> project.resolve("profile.yaml");
    };
  }

  /** Has the parser read the text. */
  private void load(String kind, String yaml) {
    write(file(kind), yaml);
    if (kind.equals("profile")) {
      ProfileReader.load(file(kind).toString(), project);
    } else if (kind.equals("ruleset-test")) {
      RulesetTestReader.read(file(kind));
    } else if (kind.equals("train")) {
      TrainingReader.read(file(kind), Map.of("home", "/home"));
    } else {
      new JobFiles(
              Clock.systemUTC(), Map.of("home", "/home"), Optional.of(LocalDate.of(2026, 11, 18)))
          .load(folder);
    }
  }

  private List<String> keysOfTheParser(String kind, String yaml) {
    InvalidJobException refusal =
        catchThrowableOfType(InvalidJobException.class, () -> load(kind, yaml));
    String list = ". Expected one of: ";
    assertThat(refusal).hasMessageContainingAll("unknown key 'zzzzzz'", list);
    String message = refusal.getMessage();
    return List.of(
        message.substring(message.indexOf(list) + list.length(), message.length() - 1).split(", "));
  }

  private static List<String> complaints(String kind, String yaml) {
    try {
      return FACTORY.getSchema(schema(kind)).validate(YAML.readTree(yaml)).stream()
          .map(ValidationMessage::getMessage)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode schema(String kind) {
    try {
      return JSON.readTree(read(Path.of("schemas", kind + ".schema.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void closed(JsonNode node, String path, Set<String> closed) {
    if (node.path("additionalProperties").isBoolean()) {
      closed.add(path);
    }
    node.fields()
        .forEachRemaining(field -> closed(field.getValue(), path + "/" + field.getKey(), closed));
    for (int item = 0; node.isArray() && item < node.size(); item++) {
      closed(node.get(item), path + "/" + item, closed);
    }
  }

  /** The descriptions of all keys; those that only narrow a key described elsewhere left out. */
  private static void descriptions(JsonNode node, String path, Map<String, String> descriptions) {
    if (node.path("additionalProperties").isBoolean()) {
      node.path("properties")
          .fields()
          .forEachRemaining(
              key ->
                  descriptions.put(
                      path + "/" + key.getKey(), key.getValue().path("description").asText()));
    }
    node.fields()
        .forEachRemaining(
            field -> descriptions(field.getValue(), path + "/" + field.getKey(), descriptions));
  }

  private static List<String> keys(JsonNode node) {
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static List<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String registering(String keys) {
    return PROFILE
        + "publish: {glue: {region: r, account: '123456789012'}, datazone: {domain: dzd_a, register: {%s}}}\n"
            .formatted(keys);
  }
}
