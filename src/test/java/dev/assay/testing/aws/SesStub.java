package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.JsonNode;
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

/**
 * A server that answers like SendEmail of Amazon SES v2.
 *
 * <p>Modelled: addresses that get no mail ({@code MessageRejected}; the service itself answers for
 * some of them as if it had sent), a rate in mails, exactly one kind of content, and that the
 * service has no request token: a request sent twice is a mail sent twice. Lost answers are planned
 * with {@link #faults()}. Not modelled: identities, contact lists, templates, configuration sets,
 * bounces.
 */
public final class SesStub implements AutoCloseable {
  private final StubServer server;
  private final Set<String> suppressed = ConcurrentHashMap.newKeySet();
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
    server.only("SendEmail", request);
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
