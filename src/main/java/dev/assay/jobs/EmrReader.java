package dev.assay.jobs;

import dev.assay.model.job.Emr;
import dev.assay.model.job.EmrPrices;
import dev.assay.model.job.EmrWorker;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads {@code emr} of a profile. */
final class EmrReader {
  private static final Duration LEAST_RUN = Duration.ofMinutes(5);
  private static final Duration MOST_RUN = Duration.ofDays(7);
  private static final int MOST_EXECUTORS = 2000;
  private static final EmrWorker USUAL_WORKER =
      new EmrWorker(4, 16, EmrWorker.LEAST_DISK_GB, EmrWorker.Disk.STANDARD);
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** What both services take as a tag. */
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9 /_.:=+@-]{0,128}");

  private static final String ID = "application-id";
  private static final String NAME = "application-name";

  private EmrReader() {}

  static Emr read(Yaml yaml) {
    yaml.allow(
        "mode",
        "region",
        "endpoint",
        "s3-endpoint",
        ID,
        NAME,
        "execution-role",
        "release",
        "architecture",
        "cluster",
        "jar",
        "files",
        "results",
        "logs",
        "profile",
        "environment",
        "spark",
        "driver",
        "executor",
        "max-executors",
        "timeout",
        "start-timeout",
        "poll-interval",
        "tags",
        "prices");
    return new Emr(
        new Emr.Service(
            yaml.find("region").map(Yaml::text),
            yaml.find("endpoint").map(PublishingReader::uri),
            yaml.find("s3-endpoint").map(PublishingReader::uri)),
        new Emr.Code(inS3(yaml.require("jar"), "\\.jar"), inS3(yaml.require("files"), "")),
        inS3(yaml.require("results"), ""),
        yaml.find("logs").map(logs -> inS3(logs, "")),
        yaml.find("profile").map(Yaml::text),
        yaml.find("environment").map(EmrReader::environment).orElse(Map.of()),
        yaml.find("spark").map(StepReader::texts).orElse(Map.of()),
        new Emr.Workers(
            yaml.find("driver").map(EmrReader::worker).orElse(USUAL_WORKER),
            yaml.find("executor").map(EmrReader::worker).orElse(USUAL_WORKER),
            count(yaml.require("max-executors"), 1, MOST_EXECUTORS)),
        new Emr.Limits(
            yaml.find("timeout")
                .map(value -> time(value, LEAST_RUN, MOST_RUN))
                .orElse(Emr.Limits.USUAL_RUN),
            yaml.find("start-timeout")
                .map(value -> time(value, Duration.ofSeconds(1), MOST_RUN))
                .orElse(Emr.Limits.USUAL_START),
            yaml.find("poll-interval")
                .map(value -> time(value, Duration.ofMillis(1), Duration.ofMinutes(10)))
                .orElse(Emr.Limits.USUAL_POLL)),
        yaml.find("tags").map(EmrReader::tags).orElse(Map.of()),
        yaml.find("prices").map(EmrReader::prices),
        target(yaml));
  }

  private static Emr.Target target(Yaml yaml) {
    if (yaml.require("mode").choice(Emr.Mode.class) == Emr.Mode.TRANSIENT_EC2) {
      refuse(yaml, "transient-ec2", ID, NAME, "execution-role", "architecture");
      return cluster(yaml.require("cluster"), release(yaml.require("release")));
    }
    refuse(yaml, "serverless", "cluster");
    if (yaml.has(ID) == yaml.has(NAME)) {
      throw yaml.error(
          yaml.has(ID) ? "the application has an id and a name" : "there is no application",
          "Expected either application-id: ID or application-name: NAME.");
    }
    return new Emr.Application(
        yaml.find(ID).map(id -> matching(id, "[0-9a-z]{1,64}", "an id such as 00fabc123def4567")),
        yaml.find(NAME)
            .map(name -> matching(name, "[A-Za-z0-9._/#-]{1,64}", "the name of an application")),
        matching(
            yaml.require("execution-role"),
            "arn:aws[a-zA-Z0-9-]*:iam::[0-9]{12}:role/.+",
            "the ARN of a role"),
        yaml.find("release").map(EmrReader::release),
        yaml.find("architecture")
            .map(value -> value.choice(Emr.Architecture.class))
            .orElse(Emr.Architecture.ARM64));
  }

  private static void refuse(Yaml yaml, String mode, String... keys) {
    for (String key : keys) {
      if (yaml.has(key)) {
        throw yaml.errorAtKey(
            key, "'%s' is no key of mode %s".formatted(key, mode), "Take it out.");
      }
    }
  }

  private static Emr.Cluster cluster(Yaml yaml, String release) {
    yaml.allow(
        "service-role",
        "instance-profile",
        "subnet",
        "primary-type",
        "core-type",
        "core-nodes",
        "task-type",
        "task-nodes",
        "idle-timeout");
    String core = yaml.require("core-type").text();
    return new Emr.Cluster(
        release,
        yaml.require("service-role").text(),
        yaml.require("instance-profile").text(),
        yaml.find("subnet").map(Yaml::text),
        yaml.find("primary-type").map(Yaml::text).orElse(core),
        core,
        count(yaml.require("core-nodes"), 1, MOST_EXECUTORS),
        yaml.find("task-type").map(Yaml::text).orElse(core),
        yaml.find("task-nodes").map(nodes -> count(nodes, 0, MOST_EXECUTORS)).orElse(0),
        yaml.find("idle-timeout")
            .map(value -> time(value, Duration.ofMinutes(1), MOST_RUN))
            .orElse(Emr.Cluster.USUAL_IDLE));
  }

  private static EmrWorker worker(Yaml yaml) {
    yaml.allow("vcpu", "memory-gb", "disk-gb", "disk");
    int vcpus = count(yaml.require("vcpu"), 1, Integer.MAX_VALUE);
    int memory = count(yaml.require("memory-gb"), 1, Integer.MAX_VALUE);
    int diskGb =
        yaml.find("disk-gb")
            .map(disk -> count(disk, 1, Integer.MAX_VALUE))
            .orElse(EmrWorker.LEAST_DISK_GB);
    EmrWorker.Disk disk =
        yaml.find("disk")
            .map(kind -> kind.choice(EmrWorker.Disk.class))
            .orElse(EmrWorker.Disk.STANDARD);
    try {
      return new EmrWorker(vcpus, memory, diskGb, disk);
    } catch (IllegalArgumentException e) {
      throw yaml.error(String.valueOf(e.getMessage()), "");
    }
  }

  private static EmrPrices prices(Yaml yaml) {
    yaml.allow(
        "currency", "region", "date", "vcpu-hour", "gb-hour", "storage-gb-hour", "instances");
    Map<String, EmrPrices.Instance> instances = new TreeMap<>();
    yaml.find("instances")
        .ifPresent(
            types ->
                types.entries().forEach((type, price) -> instances.put(type, instance(price))));
    return new EmrPrices(
        matching(yaml.require("currency"), "[A-Z]{3}", "a currency such as USD"),
        yaml.require("region").text(),
        yaml.require("date").as(LocalDate::parse),
        price(yaml, "vcpu-hour"),
        price(yaml, "gb-hour"),
        price(yaml, "storage-gb-hour"),
        instances);
  }

  private static EmrPrices.Instance instance(Yaml yaml) {
    yaml.allow("on-demand-hour", "spot-hour", "emr-hour");
    yaml.require("on-demand-hour");
    yaml.require("emr-hour");
    return new EmrPrices.Instance(
        price(yaml, "on-demand-hour"),
        price(yaml, yaml.has("spot-hour") ? "spot-hour" : "on-demand-hour"),
        price(yaml, "emr-hour"));
  }

  private static BigDecimal price(Yaml prices, String key) {
    Optional<Yaml> price = prices.find(key);
    if (price.isPresent() && price.get().number().signum() < 0) {
      throw price.get().error("'%s' is below 0".formatted(key), "Expected a price.");
    }
    return price.map(Yaml::number).orElse(BigDecimal.ZERO);
  }

  private static Map<String, String> environment(Yaml yaml) {
    Map<String, String> variables = StepReader.texts(yaml);
    for (String name : variables.keySet()) {
      if (!VARIABLE.matcher(name).matches()) {
        throw yaml.errorAtKey(
            name,
            "'%s' is no name of a variable".formatted(name),
            "Expected letters, digits and _, such as ASSAY_WAREHOUSE.");
      }
    }
    return variables;
  }

  private static Map<String, String> tags(Yaml yaml) {
    Map<String, String> tags = StepReader.texts(yaml);
    tags.forEach(
        (key, value) -> {
          if (key.startsWith("aws:")
              || !TAG.matcher(key).matches()
              || !TAG.matcher(value).matches()) {
            throw yaml.errorAtKey(
                key,
                "'%s: %s' is no tag".formatted(key, value),
                "Expected letters, digits, blanks and /_.:=+@-, and no aws: at the beginning.");
          }
        });
    return tags;
  }

  private static String release(Yaml yaml) {
    return matching(
        yaml, "emr-([0-9]+|spark-[0-9]+)\\.[0-9]+\\.[0-9]+", "a release label such as emr-7.14.0");
  }

  private static int count(Yaml yaml, int least, int most) {
    int number = yaml.as(Integer::valueOf);
    if (number < least || number > most) {
      throw yaml.error(
          "'%d' is out of range".formatted(number),
          most == Integer.MAX_VALUE
              ? "Expected a whole number from %d on.".formatted(least)
              : "Expected a whole number from %d to %d.".formatted(least, most));
    }
    return number;
  }

  private static Duration time(Yaml yaml, Duration least, Duration most) {
    Duration time = yaml.as(Duration::parse);
    if (time.compareTo(least) < 0 || time.compareTo(most) > 0) {
      throw yaml.error(
          "'%s' is out of range".formatted(yaml.text()),
          "Expected a time from %s to %s.".formatted(least, most));
    }
    return time;
  }

  private static String inS3(Yaml yaml, String ending) {
    return matching(
        yaml,
        "s3://[^/\\s,#]+/[^\\s,#]*[^/\\s,#]" + ending + "/?",
        ending.isEmpty()
            ? "a folder in S3, such as s3://bucket/folder"
            : "a jar in S3, such as s3://bucket/1.0/assay-1.0-emr.jar");
  }

  private static String matching(Yaml yaml, String pattern, String expected) {
    if (!yaml.text().matches(pattern)) {
      throw yaml.error(
          "'%s' does not fit".formatted(yaml.text()), "Expected %s.".formatted(expected));
    }
    return yaml.text();
  }
}
