package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Client tokens: the same request with a token that is still remembered gets the first one's answer
 * and does nothing; another request with it is a conflict. What failed leaves no token.
 *
 * <p>How long the service remembers is not published.
 */
final class DataZoneTokens {
  private static final String MEMBER = "clientToken";

  private final Clock clock;
  private final Map<String, Used> used = new HashMap<>();
  private Duration remembered = Duration.ZERO;
  private int repeats;

  private record Used(ObjectNode input, ObjectNode answer, Instant at) {}

  DataZoneTokens(Clock clock) {
    this.clock = clock;
  }

  synchronized void forgetAfter(Duration time) {
    this.remembered = time;
  }

  synchronized int repeats() {
    return repeats;
  }

  synchronized ObjectNode once(ModelledRequest request, Supplier<ObjectNode> act) {
    String token = request.text(MEMBER);
    if (token.isEmpty()) {
      return act.get();
    }
    String key = request.operation() + " " + token;
    Instant now = clock.instant();
    Used before = used.get(key);
    if (before != null && now.isBefore(before.at().plus(remembered))) {
      if (!before.input().equals(request.input())) {
        throw DataZoneErrors.conflict(
            "the client token was used for another request of " + request.operation());
      }
      repeats++;
      return before.answer().deepCopy();
    }
    ObjectNode answer = act.get();
    used.put(key, new Used(request.input().deepCopy(), answer.deepCopy(), now));
    return answer;
  }
}
