package dev.assay.messages.comprehend;

import dev.assay.model.AssayException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.LongUnaryOperator;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.comprehend.ComprehendClient;

/**
 * Asks an endpoint about a text, at the pace of its quota, and counts. Safe for several threads.
 */
final class EndpointQuestion {
  private final ComprehendClient client;
  private final String endpoint;
  private final String compliant;
  private final Attempts attempts;
  private final Pace pace;
  private final Pause pause;
  private final LongUnaryOperator units;
  private final JournalWriter journal;
  private Tally spent = Tally.NOTHING;

  EndpointQuestion(
      ComprehendClient client,
      String endpoint,
      String compliant,
      Attempts attempts,
      Pace pace,
      Pause pause,
      LongUnaryOperator units,
      JournalWriter journal) {
    this.client = client;
    this.endpoint = endpoint;
    this.compliant = compliant;
    this.attempts = attempts;
    this.pace = pace;
    this.pause = pause;
    this.units = units;
    this.journal = journal;
  }

  /** Waits until a text may be sent. */
  void await(Cut text) {
    await(text.characters());
  }

  /**
   * Asks, after {@link #await}.
   *
   * @throws AssayException if there is no answer; the service's refusal of a text is one
   */
  Answer ask(String hash, Cut text) {
    long characters = text.characters();
    Charge charge = new Charge(1, characters, units.applyAsLong(characters), now());
    write(charge);
    try {
      return new Answer(
          hash,
          Reported.in(
              attempts.ask(
                  watch(charge),
                  () -> client.classifyDocument(r -> r.endpointArn(endpoint).text(text.text()))),
              compliant),
          text.truncated(),
          false);
    } catch (SdkException e) {
      if (Failures.isRefusal(e)) {
        return Answer.refusal(hash, text.truncated());
      }
      throw Failures.of(e, endpoint, "ClassifyDocument", "");
    }
  }

  synchronized Tally spent() {
    return spent;
  }

  private void await(long characters) {
    pause.of(Duration.ofNanos(pace.take(characters)));
  }

  private synchronized void count(Tally more) {
    spent = spent.plus(more);
  }

  private static long now() {
    return System.currentTimeMillis();
  }

  private void write(Charge charge) {
    try {
      journal.add(charge);
    } catch (IOException e) {
      throw new UncheckedIOException("the journal of charges cannot be written", e);
    }
  }

  private Attempts.Watch watch(Charge charge) {
    return new Attempts.Watch() {
      @Override
      public void beforeRepeat() {
        await(charge.characters());
        write(new Charge(1, charge.characters(), charge.units(), now()));
      }

      @Override
      public void after(boolean throttled) {
        if (throttled) {
          pace.throttled();
          count(new Tally(1, 1, 0, 0));
          write(charge.takenBack(now()));
        } else {
          count(charge.tally());
        }
      }
    };
  }
}
