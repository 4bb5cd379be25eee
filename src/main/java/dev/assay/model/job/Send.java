package dev.assay.model.job;

import dev.assay.model.TableName;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A send job: which messages may go, and by which channel.
 *
 * @param pipeline the folder's name in {@code pipeline.yaml}; with the name it tells jobs apart
 * @param verdicts the table that says of each message what was decided
 * @param model whose verdicts count; without one the table must hold those of one version only
 * @param channels by the value of the messages' channel column; one alone if there is no column
 * @param chunk messages whose sending is announced in one commit; so many a crash leaves unknown
 */
public record Send(
    String pipeline,
    String name,
    String description,
    Path file,
    TableName verdicts,
    Messages messages,
    Optional<Model> model,
    Map<String, SendChannel> channels,
    Limits gate,
    int chunk) {
  /** Of a job that names none. */
  public static final int USUAL_CHUNK = 100;

  /** Of a job that names none and only writes files, of which a crash leaves none unknown. */
  public static final int FILES_CHUNK = 10_000;

  public Send {
    channels = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(channels));
  }

  /** The name under which the ledger keeps what was sent. */
  public String ledgerName() {
    return pipeline + "/" + name;
  }

  /**
   * Where the messages are.
   *
   * @param key the columns that tell messages apart, as in the verdict table
   * @param address a telephone number or mail address, as it is or protected
   * @param channel the column that chooses a channel
   * @param campaign the column that tells campaigns apart; without one all messages are one
   */
  public record Messages(
      TableName table,
      List<String> key,
      String text,
      String address,
      Optional<String> channel,
      Optional<String> campaign) {
    public Messages {
      key = List.copyOf(key);
    }
  }

  /**
   * A model whose verdicts count.
   *
   * @param version any, if there is none, but one version only
   */
  public record Model(String name, Optional<String> version) {
    /** Reads {@code name} or {@code name@version}. */
    public static Model parse(String text) {
      int at = text.indexOf('@');
      if (text.isBlank() || at == 0 || at == text.length() - 1) {
        throw new IllegalArgumentException(
            "'%s' is no model: expected name or name@version".formatted(text));
      }
      return at < 0
          ? new Model(text, Optional.empty())
          : new Model(text.substring(0, at), Optional.of(text.substring(at + 1)));
    }

    @Override
    public String toString() {
      return name + version.map(known -> "@" + known).orElse("");
    }
  }

  /**
   * What holds a campaign back: shares of its messages.
   *
   * @param maximumRestricted in percent, 0 to 100; likewise {@code maximumReview}
   */
  public record Limits(Optional<BigDecimal> maximumRestricted, Optional<BigDecimal> maximumReview) {
    /** Nothing holds a campaign. */
    public static final Limits NONE = new Limits(Optional.empty(), Optional.empty());
  }
}
