package dev.assay.sending.iceberg;

import dev.assay.model.job.Send;
import dev.assay.sending.Sending;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/** Lines of {@code assay.sendings}. They hold neither addresses nor texts. */
final class SendingRows {
  static final Schema SCHEMA =
      new Schema(
          text(1, "job", "pipeline and name of the send job"),
          text(2, "verdict_table", "whose verdict allowed it"),
          text(3, "message_key", "values of the message's key columns"),
          text(
              4, "delivery_key", "the same whenever this text of this message is sent by this job"),
          text(5, "content_hash", "of the normal text, as in the verdict"),
          text(6, "campaign", "empty if the job names no column"),
          text(7, "channel", "as the job names it"),
          NestedField.required(8, "attempt", Types.IntegerType.get(), "1 for the first"),
          text(9, "state", "intent, sent, refused, released or unknown"),
          text(10, "reason", "of refused, released and unknown; empty otherwise"),
          text(11, "service_id", "by which the channel knows a sent message"),
          text(12, "model", "of the verdict"),
          text(13, "model_version", "of the verdict"),
          text(14, "run_id", "of the call that wrote the line"),
          NestedField.required(15, "at", Types.TimestampType.withZone(), "when it was so"),
          NestedField.optional(
              16,
              "deadline",
              Types.TimestampType.withZone(),
              "of an intent: from then on it is not begun any more"));

  private final Send job;
  private final String model;
  private final String modelVersion;
  private final String runId;

  SendingRows(Send job, String model, String modelVersion, String runId) {
    this.job = job;
    this.model = model;
    this.modelVersion = modelVersion;
    this.runId = runId;
  }

  Record row(Sending line) {
    Record row = GenericRecord.create(SCHEMA);
    row.setField("job", job.ledgerName());
    row.setField("verdict_table", job.verdicts().toString());
    row.setField("message_key", line.messageKey());
    row.setField("delivery_key", line.deliveryKey());
    row.setField("content_hash", line.contentHash());
    row.setField("campaign", line.campaign());
    row.setField("channel", line.channel());
    row.setField("attempt", line.attempt());
    row.setField("state", line.state().name().toLowerCase(Locale.ROOT));
    row.setField("reason", line.reason());
    row.setField("service_id", line.serviceId());
    row.setField("model", model);
    row.setField("model_version", modelVersion);
    row.setField("run_id", runId);
    row.setField("at", time(line.at()));
    row.setField("deadline", line.deadline().map(SendingRows::time).orElse(null));
    return row;
  }

  static Sending sending(Record row) {
    return new Sending(
        text(row, "message_key"),
        text(row, "delivery_key"),
        text(row, "content_hash"),
        text(row, "campaign"),
        text(row, "channel"),
        (Integer) Objects.requireNonNull(row.getField("attempt")),
        Sending.State.valueOf(text(row, "state").toUpperCase(Locale.ROOT)),
        text(row, "reason"),
        text(row, "service_id"),
        Objects.requireNonNull(instant(row, "at"), "at"),
        Optional.ofNullable(instant(row, "deadline")));
  }

  private static String text(Record row, String name) {
    return String.valueOf(row.getField(name));
  }

  private static @Nullable Instant instant(Record row, String name) {
    OffsetDateTime time = (OffsetDateTime) row.getField(name);
    return time == null ? null : time.toInstant();
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static NestedField text(int id, String name, String comment) {
    return NestedField.required(id, name, Types.StringType.get(), comment);
  }
}
