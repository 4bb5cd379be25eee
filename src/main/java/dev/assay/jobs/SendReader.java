package dev.assay.jobs;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.TableName;
import dev.assay.model.job.Send;
import dev.assay.model.job.SendChannel;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads send jobs: files of a pipeline folder with {@code kind: send}. */
public final class SendReader {
  private static final int LARGEST_CHUNK = 100_000;

  private SendReader() {}

  /**
   * Reads a send job, and of the {@code pipeline.yaml} beside it the name and the variables.
   *
   * @param variables values for {@code ${name}}; they win over the pipeline's own
   * @param date what {@code ${date}} means
   * @throws InvalidJobException if a file cannot be used as written
   * @throws AssayException if there is no such file, or no pipeline
   */
  public static Send load(Path file, Map<String, String> variables, LocalDate date) {
    return load(file, variables.keySet(), new Variables(variables, date));
  }

  static Send load(Path file, Set<String> names, Variables given) {
    if (!Files.isRegularFile(file)) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "%s: there is no such file. Expected a job file with kind: send.".formatted(file));
    }
    Path head = JobFiles.parent(file).resolve("pipeline.yaml");
    if (!Files.isRegularFile(head)) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "%s: there is no pipeline.yaml. Expected one beside the job files."
              .formatted(JobFiles.parent(file)));
    }
    Yaml pipeline = JobFiles.read(head, given, null);
    Map<String, String> defaults = new TreeMap<>();
    pipeline
        .find("variables")
        .ifPresent(
            values ->
                values
                    .entries()
                    .forEach(
                        (name, value) -> {
                          if (!names.contains(name)) {
                            defaults.put(name, value.text());
                          }
                        }));
    return read(
        JobFiles.read(file, given.withDefaults(defaults, Set.of()), null),
        pipeline.require("name").text(),
        file);
  }

  private static Send read(Yaml yaml, String pipeline, Path file) {
    yaml.allow(
        "kind",
        "name",
        "description",
        "verdicts",
        "messages",
        "model",
        "channels",
        "gate",
        "chunk");
    Yaml kind = yaml.require("kind");
    if (!kind.text().equals("send")) {
      throw kind.error("'kind' is '%s'".formatted(kind.text()), "Expected send.");
    }
    Send.Messages messages = messages(yaml.require("messages"));
    Map<String, SendChannel> channels = channels(yaml.require("channels"), messages);
    return new Send(
        pipeline,
        yaml.require("name").as(JobReader::name),
        yaml.find("description").map(Yaml::text).orElse(""),
        file,
        yaml.require("verdicts").as(TableName::parse),
        messages,
        yaml.find("model").map(model -> model.as(Send.Model::parse)),
        channels,
        yaml.find("gate").map(SendReader::limits).orElse(Send.Limits.NONE),
        yaml.find("chunk").map(SendReader::chunk).orElse(usualChunk(channels)));
  }

  private static Send.Messages messages(Yaml yaml) {
    yaml.allow("table", "key", "text", "address", "channel", "campaign");
    Yaml key = yaml.require("key");
    Send.Messages messages =
        new Send.Messages(
            yaml.require("table").as(TableName::parse),
            key.texts(),
            yaml.require("text").text(),
            yaml.require("address").text(),
            yaml.find("channel").map(Yaml::text),
            yaml.find("campaign").map(Yaml::text));
    if (messages.key().isEmpty()) {
      throw key.error("the messages have no key", "Name the columns that tell them apart.");
    }
    for (String secret : List.of(messages.text(), messages.address())) {
      if (messages.key().contains(secret)) {
        throw key.error(
            "'%s' is part of the key".formatted(secret),
            "The ledger keeps keys in the clear: use columns that hold neither text nor address.");
      }
    }
    return messages;
  }

  private static Map<String, SendChannel> channels(Yaml yaml, Send.Messages messages) {
    Map<String, SendChannel> channels = new LinkedHashMap<>();
    yaml.entries().forEach((value, channel) -> channels.put(value, ChannelReader.channel(channel)));
    if (channels.isEmpty()) {
      throw yaml.error("there is no channel", "Add one, for example sms: {files: {folder: PATH}}.");
    }
    if (messages.channel().isEmpty() && channels.size() > 1) {
      throw yaml.error(
          "there are %d channels, and nothing chooses one".formatted(channels.size()),
          "Name the column with their names as messages.channel, or keep one channel.");
    }
    return channels;
  }

  private static int usualChunk(Map<String, SendChannel> channels) {
    boolean filesOnly =
        channels.values().stream()
            .allMatch(
                channel ->
                    channel instanceof SendChannel.Files || channel instanceof SendChannel.None);
    return filesOnly ? Send.FILES_CHUNK : Send.USUAL_CHUNK;
  }

  private static Send.Limits limits(Yaml yaml) {
    yaml.allow("maximum-restricted", "maximum-review");
    return new Send.Limits(
        yaml.find("maximum-restricted").map(SendReader::percentage),
        yaml.find("maximum-review").map(SendReader::percentage));
  }

  private static BigDecimal percentage(Yaml yaml) {
    BigDecimal number = yaml.number();
    if (number.signum() < 0 || number.compareTo(BigDecimal.valueOf(100)) > 0) {
      throw yaml.error("%s is not a percentage".formatted(number), "Expected 0 to 100.");
    }
    return number;
  }

  private static int chunk(Yaml yaml) {
    BigDecimal number = yaml.number();
    if (number.stripTrailingZeros().scale() > 0
        || number.compareTo(BigDecimal.ONE) < 0
        || number.compareTo(BigDecimal.valueOf(LARGEST_CHUNK)) > 0) {
      throw yaml.error(
          "%s is no size of a chunk".formatted(number),
          "Expected a whole number from 1 to %d.".formatted(LARGEST_CHUNK));
    }
    return number.intValueExact();
  }
}
