package dev.assay.jobs;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.Profile;
import dev.assay.model.job.Publishing;
import dev.assay.model.job.Retention;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Loads profiles: {@code jobs/profiles/<name>.yaml}, or the one that comes with the product. */
public final class ProfileReader {
  private static final String ENVIRONMENT = "ASSAY_";

  private ProfileReader() {}

  /**
   * Loads a profile.
   *
   * @param name a profile's name, or the path of its file
   * @param home what {@code ${home}} means
   * @throws InvalidJobException if the file cannot be used as written
   */
  public static Profile load(String name, Path home) {
    Variables variables = new Variables(values(home), LocalDate.EPOCH);
    Path file = name.endsWith(".yaml") ? Path.of(name) : Path.of("jobs/profiles", name + ".yaml");
    if (Files.isRegularFile(file)) {
      return profile(JobFiles.read(file, variables, null), name, home);
    }
    try (InputStream builtIn =
        ProfileReader.class.getResourceAsStream("/profiles/" + name + ".yaml")) {
      if (builtIn == null) {
        throw new AssayException(
            ExitKind.WRONG_FILES,
            "There is no profile '%s'. Expected %s, or one of the built-in ones: local, aws."
                .formatted(name, file));
      }
      String text = new String(builtIn.readAllBytes(), StandardCharsets.UTF_8);
      return profile(Yaml.parse("(built-in) " + name + ".yaml", text, variables), name, home);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the built-in profile " + name, e);
    }
  }

  /**
   * Checks a profile's file for somebody who only looks: what the environment does not give here is
   * taken as given where the profile is used.
   *
   * @param home what {@code ${home}} means
   * @return a sentence for each variable without a value
   * @throws InvalidJobException if the file cannot be used as written
   */
  public static List<String> check(Path file, Path home) {
    Variables variables = Variables.givenLater(values(home), LocalDate.EPOCH);
    profile(JobFiles.read(file, variables, null), file.toString(), home);
    return new TreeMap<>(variables.later())
        .entrySet().stream().map(later -> remark(file, later.getKey(), later.getValue())).toList();
  }

  private static String remark(Path file, String name, String place) {
    return "%s: ${%s} has no value here (%s) and is taken as given later: this profile needs the environment variable %s."
        .formatted(
            file, name, place, ENVIRONMENT + name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /**
   * {@code ${home}}, and for each environment variable {@code ASSAY_SOME_NAME} {@code
   * ${some-name}}.
   */
  private static Map<String, String> values(Path home) {
    Map<String, String> values = new TreeMap<>();
    System.getenv()
        .forEach(
            (name, value) -> {
              if (name.startsWith(ENVIRONMENT)) {
                String key = name.substring(ENVIRONMENT.length());
                values.put(key.toLowerCase(Locale.ROOT).replace('_', '-'), value);
              }
            });
    values.put("home", home.toAbsolutePath().normalize().toString());
    return values;
  }

  private static Profile profile(Yaml yaml, String name, Path home) {
    yaml.allow(
        "description", "catalog", "spark", "keys", "comprehend", "publish", "retention", "emr");
    Yaml catalog = yaml.require("catalog").allow("name", "properties");
    return new Profile(
        name,
        home.toAbsolutePath().normalize(),
        catalog.require("name").text(),
        StepReader.texts(catalog.require("properties")),
        yaml.find("spark").map(StepReader::texts).orElse(Map.of()),
        keys(yaml).flatMap(keys -> keys.find("file")).map(file -> file.as(Path::of)),
        keys(yaml).flatMap(keys -> keys.find("secret")).map(Yaml::text),
        keys(yaml).flatMap(keys -> keys.find("kms-key")).map(Yaml::text),
        yaml.find("comprehend").map(ComprehendReader::read),
        yaml.find("publish").map(PublishingReader::read).orElse(Publishing.NOWHERE),
        yaml.find("retention").map(RetentionReader::read).orElse(Retention.NONE),
        yaml.find("emr").map(EmrReader::read));
  }

  private static Optional<Yaml> keys(Yaml profile) {
    Optional<Yaml> keys =
        profile.find("keys").map(value -> value.allow("file", "secret", "kms-key"));
    keys.ifPresent(ProfileReader::checkKeys);
    return keys;
  }

  private static void checkKeys(Yaml keys) {
    if (keys.has("file") == keys.has("secret")) {
      String alone = keys.has("kms-key") ? "a KMS key alone" : "nothing";
      throw keys.error(
          "keys name %s".formatted(keys.has("file") ? "a file and a secret" : alone),
          "Expected either file: PATH or secret: NAME.");
    }
    if (keys.has("secret") && keys.has("kms-key")) {
      throw keys.error(
          "keys name a secret and a KMS key",
          "Expected kms-key only beside file: PATH; Secrets Manager encrypts by itself.");
    }
  }
}
