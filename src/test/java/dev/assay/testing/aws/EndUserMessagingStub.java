package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A server that answers like AWS End User Messaging SMS (SendTextMessage of pinpoint-sms-voice-v2).
 *
 * <p>Modelled: opted-out numbers, a rate in messages, dry runs, and that the service has no request
 * token: a request sent twice is a message sent twice. Throttling and lost answers are planned with
 * {@link #faults()}. Not modelled: origination identities, opt-out lists by list, countries, parts
 * of long messages, prices, delivery receipts.
 */
public final class EndUserMessagingStub implements AutoCloseable {
  private final StubServer server;
  private final Set<String> optedOut = ConcurrentHashMap.newKeySet();
  private final List<SentText> sent = new ArrayList<>();
  private volatile Quota quota = Quota.unlimited();

  private EndUserMessagingStub(RecordedRequests requests) throws IOException {
    this.server = StubServer.start("pinpoint-sms-voice-v2", requests, this::handle);
  }

  /** Starts a stub on a free port. */
  public static EndUserMessagingStub start(RecordedRequests requests) throws IOException {
    return new EndUserMessagingStub(requests);
  }

  /** A number that gets no messages any more, as {@code +4915112345678}. */
  public void optOut(String number) {
    optedOut.add(normal(number));
  }

  /** How many messages a second are taken; characters do not count. */
  public void quota(Quota quota) {
    this.quota = quota;
  }

  /** Every message that went out, in order, answered or not. */
  public synchronized List<SentText> sent() {
    return List.copyOf(sent);
  }

  public URI endpoint() {
    return server.endpoint();
  }

  public Faults faults() {
    return server.faults();
  }

  private JsonNode handle(ModelledRequest request) {
    server.only("SendTextMessage", request);
    if (!quota.take(0)) {
      throw StubError.refused("ThrottlingException", "Rate exceeded");
    }
    String destination = request.text("DestinationPhoneNumber");
    if (optedOut.contains(normal(destination))) {
      throw new StubError(
          400,
          "ConflictException",
          "Destination phone number has opted out",
          Map.of(
              "Reason", "DESTINATION_PHONE_NUMBER_OPTED_OUT",
              "ResourceType", "opted-out-number",
              "ResourceId", destination));
    }
    return RequestProtocol.JSON.createObjectNode().put("MessageId", send(destination, request));
  }

  private synchronized String send(String destination, ModelledRequest request) {
    boolean dryRun = request.input().path("DryRun").asBoolean();
    String id =
        UUID.nameUUIDFromBytes(("text " + sent.size()).getBytes(StandardCharsets.UTF_8)).toString();
    if (!dryRun) {
      Map<String, String> context = new LinkedHashMap<>();
      request
          .input()
          .path("Context")
          .properties()
          .forEach(pair -> context.put(pair.getKey(), pair.getValue().asText()));
      sent.add(new SentText(id, destination, request.text("MessageBody"), Map.copyOf(context)));
    }
    return id;
  }

  private static String normal(String number) {
    return number.startsWith("+") ? number.substring(1) : number;
  }

  @Override
  public void close() {
    server.close();
  }
}
