package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A server that answers like Amazon SES v2: SendEmail, ListSuppressedDestinations, ListContacts.
 *
 * <p>Modelled: addresses on the suppression list, and contacts that opted out, in pages; mails to
 * suppressed addresses are refused as {@code MessageRejected} (the service accepts them, and drops
 * them); a rate in mails, exactly one kind of content, and that the service has no request token: a
 * request sent twice is a mail sent twice. Lost answers are planned with {@link #faults()}. Not
 * modelled: identities, other fields of lists, templates, configuration sets, bounces.
 */
public final class SesStub implements AutoCloseable {
  private final StubServer server;
  private static final int PAGE = 2;

  private final Set<String> suppressed = ConcurrentHashMap.newKeySet();
  private final Map<String, ObjectNode> contacts = new ConcurrentSkipListMap<>();
  private final List<SentMail> sent = new ArrayList<>();
  private volatile Quota quota = Quota.unlimited();

  private SesStub(RecordedRequests requests) throws IOException {
    this.server = StubServer.start("sesv2", requests, this::handle);
  }

  /** Starts a stub on a free port. */
  public static SesStub start(RecordedRequests requests) throws IOException {
    return new SesStub(requests);
  }

  /** An address that gets no mail any more, in any case. */
  public void suppress(String address) {
    suppressed.add(address.toLowerCase(Locale.ROOT));
  }

  /** A contact that wants nothing any more, or nothing about a topic. */
  public void optOut(String address, String topic) {
    ObjectNode contact = RequestProtocol.JSON.createObjectNode().put("EmailAddress", address);
    contact.put("UnsubscribeAll", topic.isEmpty());
    if (!topic.isEmpty()) {
      preference(contact, "TopicPreferences", topic, "OPT_OUT");
    }
    contacts.put(address, contact);
  }

  /** A contact that wants to hear about a topic that most do not. */
  public void optIn(String address, String topic) {
    ObjectNode contact = RequestProtocol.JSON.createObjectNode().put("EmailAddress", address);
    contact.put("UnsubscribeAll", false);
    preference(contact, "TopicPreferences", topic, "OPT_IN");
    preference(contact, "TopicDefaultPreferences", topic, "OPT_OUT");
    contacts.put(address, contact);
  }

  private static void preference(ObjectNode contact, String field, String topic, String status) {
    contact.putArray(field).addObject().put("TopicName", topic).put("SubscriptionStatus", status);
  }

  /** How many mails a second are taken; characters do not count. */
  public void quota(Quota quota) {
    this.quota = quota;
  }

  /** Every mail that went out, in order, answered or not. */
  public synchronized List<SentMail> sent() {
    return List.copyOf(sent);
  }

  public URI endpoint() {
    return server.endpoint();
  }

  public Faults faults() {
    return server.faults();
  }

  private JsonNode handle(ModelledRequest request) {
    return switch (request.operation()) {
      case "SendEmail" -> sendEmail(request);
      case "ListSuppressedDestinations" ->
          page(
              request,
              "SuppressedDestinationSummaries",
              suppressed.stream()
                  .sorted()
                  .map(
                      address ->
                          RequestProtocol.JSON
                              .createObjectNode()
                              .put("EmailAddress", address)
                              .put("Reason", "COMPLAINT")
                              .put("LastUpdateTime", 1_700_000_000))
                  .toList());
      case "ListContacts" -> page(request, "Contacts", List.copyOf(contacts.values()));
      default -> throw server.unknown(request);
    };
  }

  /** A page of two, so that tests see several. */
  private static JsonNode page(ModelledRequest request, String field, List<ObjectNode> all) {
    String token = request.text("NextToken");
    int from = token.isEmpty() ? 0 : Integer.parseInt(token);
    int to = Math.min(all.size(), from + PAGE);
    ObjectNode answer = RequestProtocol.JSON.createObjectNode();
    answer.putArray(field).addAll(all.subList(from, to));
    if (to < all.size()) {
      answer.put("NextToken", Integer.toString(to));
    }
    return answer;
  }

  private JsonNode sendEmail(ModelledRequest request) {
    if (!quota.take(0)) {
      throw new StubError(
          429, "TooManyRequestsException", "Maximum sending rate exceeded", Map.of());
    }
    if (request.input().path("Content").size() != 1) {
      throw StubError.refused("BadRequestException", "give one of Simple, Raw and Template");
    }
    List<String> to = new ArrayList<>();
    for (String kind : List.of("ToAddresses", "CcAddresses", "BccAddresses")) {
      request.input().path("Destination").path(kind).forEach(address -> to.add(address.asText()));
    }
    for (String address : to) {
      if (suppressed.contains(address.toLowerCase(Locale.ROOT))) {
        throw StubError.refused("MessageRejected", "an address is on the suppression list");
      }
    }
    return RequestProtocol.JSON.createObjectNode().put("MessageId", send(to, request));
  }

  private synchronized String send(List<String> to, ModelledRequest request) {
    String id =
        UUID.nameUUIDFromBytes(("mail " + sent.size()).getBytes(StandardCharsets.UTF_8)).toString();
    Map<String, String> tags = new LinkedHashMap<>();
    request
        .input()
        .path("EmailTags")
        .forEach(tag -> tags.put(tag.path("Name").asText(), tag.path("Value").asText()));
    sent.add(
        new SentMail(
            id, List.copyOf(to), request.input().path("Content").deepCopy(), Map.copyOf(tags)));
    return id;
  }

  @Override
  public void close() {
    server.close();
  }
}
