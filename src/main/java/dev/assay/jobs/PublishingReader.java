package dev.assay.jobs;

import dev.assay.model.job.AwsPlace;
import dev.assay.model.job.GlueAccount;
import dev.assay.model.job.Publishing;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a profile's {@code publish}. */
final class PublishingReader {
  private static final int LEAST = 1;
  private static final BigDecimal MOST_POINTS = BigDecimal.valueOf(100);

  private PublishingReader() {}

  static Publishing read(Yaml yaml) {
    yaml.allow("evaluations", "score-drop", "files", "glue", "datazone", "openlineage", "sns");
    Optional<GlueAccount> glue = yaml.find("glue").map(PublishingReader::glue);
    if (yaml.has("datazone") && glue.isEmpty()) {
      throw yaml.require("datazone")
          .error(
              "datazone needs to know whose tables these are",
              "Add glue: {region: …, account: …} beside it: the account of the Glue catalog.");
    }
    return new Publishing(
        yaml.find("evaluations")
            .map(PublishingReader::evaluations)
            .orElse(Publishing.USUAL_EVALUATIONS),
        yaml.find("score-drop").map(PublishingReader::points).orElse(Publishing.USUAL_DROP),
        yaml.find("files").map(files -> files.allow("folder").require("folder").as(Path::of)),
        glue,
        yaml.find("datazone").map(PublishingReader::dataZone),
        yaml.find("openlineage").map(PublishingReader::openLineage),
        yaml.find("sns").map(PublishingReader::topic));
  }

  private static GlueAccount glue(Yaml yaml) {
    yaml.allow("partition", "region", "account");
    return new GlueAccount(
        yaml.find("partition").map(Yaml::text).orElse("aws"),
        yaml.require("region").text(),
        matching(
            yaml.require("account"), "[0-9]{12}", "an account", "its twelve digits, in quotes"));
  }

  private static Publishing.DataZone dataZone(Yaml yaml) {
    yaml.allow("domain", "lineage", "region", "endpoint", "role", "sts-endpoint", "register");
    return new Publishing.DataZone(
        matching(
            yaml.require("domain"),
            "dzd[-_][a-zA-Z0-9_-]{1,36}",
            "a DataZone domain",
            "its id, such as dzd_abc123"),
        yaml.find("lineage").map(Yaml::bool).orElse(true),
        place(yaml),
        yaml.find("register").map(RegisteringReader::read));
  }

  private static Publishing.OpenLineage openLineage(Yaml yaml) {
    yaml.allow("url", "key-variable");
    return new Publishing.OpenLineage(
        uri(yaml.require("url")), yaml.find("key-variable").map(Yaml::text));
  }

  private static Publishing.Topic topic(Yaml yaml) {
    yaml.allow("topic", "region", "endpoint", "role", "sts-endpoint");
    return new Publishing.Topic(
        matching(
            yaml.require("topic"),
            "arn:[^:]+:sns:[^:]+:[0-9]{12}:.+",
            "a topic",
            "its ARN, such as arn:aws:sns:eu-central-1:123456789012:data-quality.fifo"),
        place(yaml));
  }

  private static AwsPlace place(Yaml yaml) {
    return new AwsPlace(
        yaml.find("region").map(Yaml::text),
        yaml.find("endpoint").map(PublishingReader::uri),
        yaml.find("role").map(Yaml::text),
        yaml.find("sts-endpoint").map(PublishingReader::uri));
  }

  static URI uri(Yaml yaml) {
    try {
      URI uri = new URI(yaml.text());
      if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // told below, with its place
    }
    throw yaml.error(
        "'%s' is no address".formatted(yaml.text()),
        "Expected one such as https://lineage.example.com/api/v1/lineage.");
  }

  static String matching(Yaml yaml, String pattern, String what, String expected) {
    if (!yaml.text().matches(pattern)) {
      throw yaml.error(
          "'%s' is not %s".formatted(yaml.text(), what), "Expected %s.".formatted(expected));
    }
    return yaml.text();
  }

  private static BigDecimal points(Yaml yaml) {
    BigDecimal points = yaml.number();
    if (points.signum() < 0 || points.compareTo(MOST_POINTS) > 0) {
      throw yaml.error(
          "%s is no number of points".formatted(points), "Expected a number from 0 to 100.");
    }
    return points;
  }

  private static int evaluations(Yaml yaml) {
    BigDecimal number = yaml.number();
    if (number.stripTrailingZeros().scale() > 0
        || number.compareTo(BigDecimal.valueOf(LEAST)) < 0
        || number.compareTo(BigDecimal.valueOf(Publishing.USUAL_EVALUATIONS)) > 0) {
      throw yaml.error(
          "%s is no number of evaluations".formatted(number),
          "Expected a whole number from %d to %d.".formatted(LEAST, Publishing.USUAL_EVALUATIONS));
    }
    return number.intValueExact();
  }
}
