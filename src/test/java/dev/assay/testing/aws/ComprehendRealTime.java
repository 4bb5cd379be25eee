package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ClassifyDocument and DetectPiiEntities.
 *
 * <p>Modelled: byte limits, the quota of an endpoint with throttling as the service does it (HTTP
 * 400, no shape of the model), latency, endpoints that are not in service, offsets in code points,
 * the two languages of personal data. Not modelled: a quota of DetectPiiEntities, one quota per
 * endpoint (all endpoints share one), documents other than plain text.
 */
public final class ComprehendRealTime {
  private static final int CLASSIFY_BYTES = 10 * 1024;
  private static final int PII_BYTES = 100 * 1024;
  private static final Set<String> PII_LANGUAGES = Set.of("en", "es");
  private static final Map<String, Pattern> PII =
      Map.of(
          "EMAIL", Pattern.compile("[\\w.+-]+@[\\w-]+(\\.[\\w-]+)+"),
          "PHONE", Pattern.compile("\\+?[0-9][0-9 ()/-]{6,}[0-9]"));

  private final Supplier<Scores> scores;
  private final Predicate<String> inService;
  private final Map<String, Integer> answered = new HashMap<>();
  private int calls;
  private int throttled;
  private long characters;
  private long units;
  private int parallel;
  private int maximumParallel;

  private volatile Quota quota = Quota.unlimited();
  private volatile Duration latency = Duration.ZERO;
  private volatile Function<String, List<PiiFinding>> pii = ComprehendRealTime::plainPii;

  ComprehendRealTime(Supplier<Scores> scores, Predicate<String> inService) {
    this.scores = scores;
    this.inService = inService;
  }

  /** What all endpoints together take; the default is everything. */
  public void quota(Quota quota) {
    this.quota = quota;
  }

  /** How long an answer takes at least; throttling does not take it. */
  public void latency(Duration latency) {
    this.latency = latency;
  }

  /**
   * What is found in a text; the default is e-mail addresses and phone numbers by simple patterns.
   */
  public void pii(Function<String, List<PiiFinding>> pii) {
    this.pii = pii;
  }

  public synchronized ClassifyCounts counts() {
    return new ClassifyCounts(
        calls, throttled, characters, units, answered.size(), maximumParallel);
  }

  /** How often each text was answered. */
  public synchronized Map<String, Integer> answered() {
    return Map.copyOf(answered);
  }

  ObjectNode classify(ModelledRequest request) {
    begin();
    try {
      String text = document(request);
      int size = text.codePointCount(0, text.length());
      if (!quota.take(size)) {
        countThrottled();
        throw StubError.refused("ThrottlingException", "Rate exceeded");
      }
      pause();
      ObjectNode answer = RequestProtocol.JSON.createObjectNode();
      scores.get().answer(text, answer);
      countAnswered(text, size);
      return answer;
    } finally {
      end();
    }
  }

  ObjectNode detectPii(ModelledRequest request) {
    String text = request.text("Text");
    if (!PII_LANGUAGES.contains(request.text("LanguageCode"))) {
      throw StubError.refused(
          "UnsupportedLanguageException",
          "%s is not a language of this operation".formatted(request.text("LanguageCode")));
    }
    limit(text, PII_BYTES);
    pause();
    ObjectNode answer = RequestProtocol.JSON.createObjectNode();
    ArrayNode entities = answer.putArray("Entities");
    for (PiiFinding finding : pii.apply(text)) {
      entities
          .addObject()
          .put("Score", finding.score())
          .put("Type", finding.type())
          .put("BeginOffset", text.codePointCount(0, finding.begin()))
          .put("EndOffset", text.codePointCount(0, finding.end()));
    }
    return answer;
  }

  private String document(ModelledRequest request) {
    if (request.input().has("Text") == request.input().has("Bytes")) {
      throw StubError.refused("InvalidRequestException", "give either Text or Bytes");
    }
    String endpoint = request.text("EndpointArn");
    if (!inService.test(endpoint)) {
      throw StubError.refused(
          "ResourceUnavailableException", "%s is not in service".formatted(endpoint));
    }
    String text =
        request.input().has("Text")
            ? request.text("Text")
            : new String(Base64.getDecoder().decode(request.text("Bytes")), StandardCharsets.UTF_8);
    limit(text, CLASSIFY_BYTES);
    return text;
  }

  private void pause() {
    try {
      Thread.sleep(latency.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void begin() {
    calls++;
    parallel++;
    maximumParallel = Math.max(maximumParallel, parallel);
  }

  private synchronized void countThrottled() {
    throttled++;
  }

  private synchronized void countAnswered(String text, int size) {
    characters += size;
    units += Math.max(3, (size + 99) / 100);
    answered.merge(text, 1, Integer::sum);
  }

  private synchronized void end() {
    parallel--;
  }

  private static void limit(String text, int bytes) {
    int size = text.getBytes(StandardCharsets.UTF_8).length;
    if (size > bytes) {
      throw StubError.refused(
          "TextSizeLimitExceededException",
          "Input text size exceeds limit. Max length of request text allowed is %d bytes while in this request the text size is %d bytes"
              .formatted(bytes, size));
    }
  }

  private static List<PiiFinding> plainPii(String text) {
    List<PiiFinding> found = new ArrayList<>();
    PII.forEach(
        (type, pattern) -> {
          for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
            found.add(new PiiFinding(type, matcher.start(), matcher.end(), 0.99));
          }
        });
    found.sort(Comparator.comparingInt(PiiFinding::begin));
    return found;
  }
}
