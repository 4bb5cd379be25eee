package dev.assay.testing.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Lineage events, which are accepted at once and processed later.
 *
 * <p>Modelled: run events only, the members that OpenLineage demands, client tokens, statuses that
 * go on with each poll or when the test says so, failures that the test plans, lists newest first
 * by default with filters. Both reading one event and listing them is a poll. Not modelled: the
 * check of facets, and what the service makes of an event; see {@link
 * DataZoneLineageEvent#event()}.
 */
public final class DataZoneLineage {
  private static final Set<String> TYPES =
      Set.of("START", "RUNNING", "COMPLETE", "ABORT", "FAIL", "OTHER");

  private final DataZoneContext context;
  private final List<Accepted> accepted = new ArrayList<>();
  private Progress progress = Progress.everyDescriptions(1);
  private Predicate<JsonNode> fails = event -> false;
  private int failing;

  DataZoneLineage(DataZoneContext context) {
    this.context = context;
  }

  /** An event and its way to the end. */
  private final class Accepted {
    private final String id = context.ids().next();
    private final BigDecimal createdAt = context.seconds();
    private final String token;
    private final String raw;
    private final ObjectNode event;
    private final Lifecycle lifecycle;
    private final String last;
    private boolean settled;

    Accepted(String token, String raw, ObjectNode event, String last) {
      this.token = token;
      this.raw = raw;
      this.event = event;
      this.last = last;
      this.lifecycle = new Lifecycle(progress, List.of("REQUESTED", "PROCESSING", last));
    }

    String status() {
      return settled ? last : lifecycle.status();
    }

    BigDecimal time() {
      return BigDecimal.valueOf(
              OffsetDateTime.parse(event.path("eventTime").asText()).toInstant().toEpochMilli())
          .movePointLeft(3);
    }

    ObjectNode described() {
      return context
          .document()
          .put("id", id)
          .put("createdBy", DataZoneContext.CALLER)
          .put("processingStatus", status())
          .put("eventTime", time())
          .put("createdAt", createdAt);
    }

    DataZoneLineageEvent asEvent() {
      return new DataZoneLineageEvent(
          id,
          token,
          event.path("run").path("runId").asText(),
          event.path("eventType").asText(),
          status(),
          event.deepCopy());
    }
  }

  Map<String, StubServer.Handler> operations() {
    return Map.of(
        "PostLineageEvent", request -> context.tokens().once(request, () -> post(request)),
        "GetLineageEvent", this::get,
        "ListLineageEvents", this::list);
  }

  /**
   * How fast events accepted from now on are processed; the default is a status further with every
   * poll. {@code Progress.never()} waits for {@link #processAll()}.
   */
  public void progress(Progress progress) {
    synchronized (context) {
      this.progress = progress;
    }
  }

  /** Ends the processing of everything that is accepted. */
  public void processAll() {
    synchronized (context) {
      accepted.forEach(event -> event.settled = true);
    }
  }

  /** The next so many events are accepted and then fail. */
  public void failNext(int events) {
    synchronized (context) {
      failing += events;
    }
  }

  /** Events that are accepted from now on and then fail, by what is in them. */
  public void fail(Predicate<JsonNode> events) {
    synchronized (context) {
      fails = events;
    }
  }

  List<DataZoneLineageEvent> all() {
    synchronized (context) {
      return accepted.stream().map(Accepted::asEvent).toList();
    }
  }

  private ObjectNode post(ModelledRequest request) {
    String raw = request.text("event");
    ObjectNode event = read(raw);
    boolean planned = failing > 0;
    if (planned) {
      failing--;
    }
    Accepted taken =
        new Accepted(
            request.text("clientToken"),
            raw,
            event,
            planned || fails.test(event) ? "FAILED" : "SUCCESS");
    accepted.add(taken);
    return context.document().put("id", taken.id);
  }

  private ObjectNode get(ModelledRequest request) {
    String id = request.text("identifier");
    Accepted event =
        accepted.stream()
            .filter(each -> each.id.equals(id))
            .findFirst()
            .orElseThrow(() -> DataZoneErrors.notFound("Lineage event", id));
    event.lifecycle.describe();
    return event.described().put("event", event.raw);
  }

  private ObjectNode list(ModelledRequest request) {
    accepted.forEach(event -> event.lifecycle.describe());
    String status = request.text("processingStatus");
    JsonNode after = request.input().path("timestampAfter");
    JsonNode before = request.input().path("timestampBefore");
    List<ObjectNode> found = new ArrayList<>();
    for (Accepted event : accepted) {
      if ((status.isEmpty() || event.status().equals(status))
          && !(after.isNumber() && event.time().compareTo(after.decimalValue()) < 0)
          && !(before.isNumber() && event.time().compareTo(before.decimalValue()) > 0)) {
        boolean oldestFirst = request.text("sortOrder").equals("ASCENDING");
        found.add(oldestFirst ? found.size() : 0, summary(event));
      }
    }
    return DataZonePages.of(request, found);
  }

  private static ObjectNode summary(Accepted event) {
    ObjectNode described = event.described();
    ObjectNode summary =
        described.putObject("eventSummary").putObject("openLineageRunEventSummary");
    summary
        .put("eventType", event.event.path("eventType").asText())
        .put("runId", event.event.path("run").path("runId").asText());
    summary.set("job", named(event.event.path("job")));
    for (String side : List.of("inputs", "outputs")) {
      ArrayNode sets = summary.putArray(side);
      event.event.path(side).forEach(set -> sets.add(named(set)));
    }
    return described;
  }

  private static ObjectNode named(JsonNode node) {
    return RequestProtocol.JSON
        .createObjectNode()
        .put("name", node.path("name").asText())
        .put("namespace", node.path("namespace").asText());
  }

  private static ObjectNode read(String base64) {
    JsonNode read;
    try {
      read = RequestProtocol.JSON.readTree(Base64.getDecoder().decode(base64));
    } catch (JsonProcessingException e) {
      throw DataZoneErrors.invalid("the event is not JSON");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!(read instanceof ObjectNode event) || !event.path("run").isObject()) {
      throw DataZoneErrors.invalid("only run events of OpenLineage are supported");
    }
    try {
      // a name is not taken for a UUID, and its short forms are not either
      String runId = event.path("run").path("runId").asText();
      if (!UUID.fromString(runId).toString().equalsIgnoreCase(runId)) {
        throw new IllegalArgumentException("not in full");
      }
    } catch (IllegalArgumentException e) {
      throw DataZoneErrors.invalid("run.runId is not a UUID");
    }
    try {
      OffsetDateTime.parse(event.path("eventTime").asText());
    } catch (DateTimeException e) {
      throw DataZoneErrors.invalid("eventTime is not a time with its offset");
    }
    if (!TYPES.contains(event.path("eventType").asText("OTHER"))) {
      throw DataZoneErrors.invalid("eventType is not one of OpenLineage");
    }
    check(event, List.of("producer", "schemaURL"), "");
    check(event.path("job"), List.of("namespace", "name"), "job.");
    for (String side : List.of("inputs", "outputs")) {
      event.path(side).forEach(set -> check(set, List.of("namespace", "name"), side + "."));
    }
    return event;
  }

  private static void check(JsonNode node, List<String> members, String path) {
    for (String member : members) {
      if (node.path(member).asText().isEmpty()) {
        throw DataZoneErrors.invalid("%s%s is required".formatted(path, member));
      }
    }
  }
}
