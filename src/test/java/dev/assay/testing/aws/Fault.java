package dev.assay.testing.aws;

import java.time.Duration;

/**
 * A way for an answer to go wrong.
 *
 * @param acts whether the stub does what it was asked before the answer goes wrong
 * @param status of the answer; 0 for none at all: the connection ends; -1 for the answer that the
 *     stub gives without a fault
 * @param code of the error; empty for an HTML page, as of a gateway
 * @param delay how long the answer is held back
 */
public record Fault(boolean acts, int status, String code, Duration delay) {
  private static final int THE_STUBS_OWN = -1;

  /** An error of the service, which did nothing. */
  public static Fault error(int status, String code) {
    return new Fault(false, status, code, Duration.ZERO);
  }

  /** The service's own failure, which did nothing. */
  public static Fault internalError() {
    return error(500, "InternalServerException");
  }

  /** Too many requests, as services answer it that give it a status of its own. */
  public static Fault throttled() {
    return error(429, "ThrottlingException");
  }

  /** The service does what it was asked and answers as ever, but so late. */
  public static Fault slow(Duration delay) {
    return new Fault(true, THE_STUBS_OWN, "", delay);
  }

  /** A page of something in front of the service, which did not see the request. */
  public static Fault html() {
    return new Fault(false, 500, "", Duration.ZERO);
  }

  /** The connection ends before the service does anything. */
  public static Fault dropBeforeActing() {
    return new Fault(false, 0, "", Duration.ZERO);
  }

  /** The service does what it was asked, and the connection ends without an answer. */
  public static Fault dropAfterActing() {
    return new Fault(true, 0, "", Duration.ZERO);
  }

  /** The service does what it was asked, and answers with an error nevertheless. */
  public Fault afterActing() {
    return new Fault(true, status, code, delay);
  }

  /** The same, answered only after this time. */
  public Fault after(Duration time) {
    return new Fault(acts, status, code, time);
  }

  boolean keepsTheAnswer() {
    return status == THE_STUBS_OWN;
  }
}
