package dev.assay.jobs;

import dev.assay.model.job.Registering;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a profile's {@code publish.datazone.register}. */
final class RegisteringReader {
  private static final String ID = "[a-zA-Z0-9_-]{1,36}";

  private RegisteringReader() {}

  static Registering read(Yaml yaml) {
    yaml.allow(
        "project",
        "central-project",
        "environment",
        "blueprint",
        "data-access-role",
        "redshift",
        "lake-formation");
    String project = project(yaml.require("project"));
    return new Registering(
        project,
        yaml.find("central-project").map(RegisteringReader::project).orElse(project),
        PublishingReader.matching(
            yaml.require("environment"),
            "[\\w -]{1,64}",
            "a name of an environment",
            "its name, of letters, digits, spaces, _ and -"),
        yaml.find("blueprint").map(RegisteringReader::blueprint),
        role(yaml, "data-access-role"),
        yaml.find("redshift").map(RegisteringReader::redshift),
        yaml.find("lake-formation").map(RegisteringReader::lakeFormation));
  }

  private static String project(Yaml yaml) {
    return PublishingReader.matching(yaml, ID, "a project", "its id, as the portal shows it");
  }

  private static Registering.Blueprint blueprint(Yaml yaml) {
    yaml.allow("name", "regions", "provisioning-role", "manage-access-role", "location");
    return new Registering.Blueprint(
        yaml.find("name").map(Yaml::text).orElse("DefaultDataLake"),
        yaml.require("regions").texts(),
        role(yaml, "provisioning-role"),
        role(yaml, "manage-access-role"),
        yaml.find("location").map(Yaml::text));
  }

  private static Registering.Redshift redshift(Yaml yaml) {
    yaml.allow("cluster", "workgroup", "secret");
    if (yaml.has("cluster") == yaml.has("workgroup")) {
      throw yaml.error(
          "redshift names %s"
              .formatted(yaml.has("cluster") ? "a cluster and a workgroup" : "neither"),
          "Expected either cluster: NAME or workgroup: NAME.");
    }
    return new Registering.Redshift(
        yaml.find("cluster").map(Yaml::text),
        yaml.find("workgroup").map(Yaml::text),
        yaml.find("secret").map(Yaml::text));
  }

  private static Registering.LakeFormation lakeFormation(Yaml yaml) {
    yaml.allow("location-role", "tags", "endpoint");
    Map<String, String> tags = yaml.find("tags").map(StepReader::texts).orElse(Map.of());
    for (String reserved : List.of("classification", "domain", "personal-data")) {
      if (tags.containsKey(reserved)) {
        throw yaml.require("tags")
            .error(
                "tag '%s' follows from what jobs say".formatted(reserved),
                "Take it out here; jobs say it in publish, pipelines in domain.");
      }
    }
    return new Registering.LakeFormation(
        role(yaml, "location-role"), tags, yaml.find("endpoint").map(PublishingReader::uri));
  }

  private static Optional<String> role(Yaml yaml, String key) {
    return yaml.find(key)
        .map(
            role ->
                PublishingReader.matching(
                    role,
                    "arn:[^:]+:iam::[0-9]{12}:role/.+",
                    "a role",
                    "its ARN, such as arn:aws:iam::123456789012:role/NAME"));
  }
}
