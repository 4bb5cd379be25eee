package dev.assay.jobs;

import dev.assay.model.job.SendChannel;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads one channel of a send job. */
final class ChannelReader {
  private static final String NONE = "none";
  private static final List<String> KINDS = List.of("files", "sns", "ses", "sms");

  private ChannelReader() {}

  /** A mapping with one kind and what that kind needs, or {@code none}. */
  static SendChannel channel(Yaml yaml) {
    if (!yaml.isMapping()) {
      if (!yaml.isNull() && !yaml.isList() && yaml.text().equals(NONE)) {
        return new SendChannel.None();
      }
      throw yaml.error(
          "this is no channel",
          "Expected one of files, sns, ses, sms with its settings, or none for messages that stay.");
    }
    yaml.allow(KINDS.toArray(String[]::new));
    Map<String, Yaml> kinds = yaml.entries();
    if (kinds.size() != 1) {
      throw yaml.error(
          "this names %d channels".formatted(kinds.size()),
          "Expected one of: %s.".formatted(String.join(", ", KINDS)));
    }
    Map.Entry<String, Yaml> kind = kinds.entrySet().iterator().next();
    Yaml settings = kind.getValue();
    return switch (kind.getKey()) {
      case "files" ->
          new SendChannel.Files(settings.allow("folder").require("folder").as(Path::of));
      case "sns" -> sns(settings);
      case "ses" -> ses(settings);
      default -> sms(settings);
    };
  }

  private static SendChannel sns(Yaml yaml) {
    yaml.allow("topic-arn", "sms", "sender-id", "region", "endpoint");
    boolean sms = yaml.find("sms").map(Yaml::bool).orElse(false);
    if (sms == yaml.has("topic-arn")) {
      throw yaml.error(
          sms ? "sns has a topic and sms: true" : "sns has no topic and not sms: true",
          "Expected either topic-arn: ARN or sms: true.");
    }
    if (!sms && yaml.has("sender-id")) {
      throw yaml.require("sender-id").error("a topic has no sender-id", "It goes with sms: true.");
    }
    return sms
        ? new SendChannel.SnsText(yaml.find("sender-id").map(Yaml::text), where(yaml))
        : new SendChannel.Topic(yaml.require("topic-arn").as(ChannelReader::topic), where(yaml));
  }

  private static String topic(String text) {
    if (!text.matches("arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_.-]{1,256}")) {
      throw new IllegalArgumentException(
          "'%s' is no topic: expected arn:aws:sns:REGION:ACCOUNT:NAME".formatted(text));
    }
    return text;
  }

  private static SendChannel ses(Yaml yaml) {
    yaml.allow(
        "from", "subject", "configuration-set", "contact-list", "topic", "region", "endpoint");
    if (yaml.has("topic") && !yaml.has("contact-list")) {
      throw yaml.require("topic")
          .error("a topic without a contact-list", "Name the list that it is a topic of.");
    }
    return new SendChannel.Mail(
        yaml.require("from").text(),
        yaml.require("subject").text(),
        yaml.find("configuration-set").map(Yaml::text),
        yaml.find("contact-list").map(Yaml::text),
        yaml.find("topic").map(Yaml::text),
        where(yaml));
  }

  private static SendChannel sms(Yaml yaml) {
    yaml.allow("origination-identity", "message-type", "configuration-set", "region", "endpoint");
    return new SendChannel.Text(
        yaml.find("origination-identity").map(Yaml::text),
        yaml.find("message-type")
            .map(type -> type.choice(SendChannel.MessageType.class))
            .orElse(SendChannel.MessageType.PROMOTIONAL),
        yaml.find("configuration-set").map(Yaml::text),
        where(yaml));
  }

  private static SendChannel.Where where(Yaml yaml) {
    return new SendChannel.Where(
        yaml.find("region").map(Yaml::text),
        yaml.find("endpoint").map(endpoint -> endpoint.as(ChannelReader::endpoint)));
  }

  private static URI endpoint(String text) {
    if (!text.matches("https?://.+")) {
      throw new IllegalArgumentException(
          "'%s' is no endpoint: expected https://HOST".formatted(text));
    }
    return URI.create(text);
  }
}
