package dev.assay.testing.aws;

/**
 * A way for an answer to go wrong.
 *
 * @param acts whether the stub does what it was asked before the answer goes wrong
 * @param status of the answer; 0 for none at all: the connection ends
 * @param code of the error; empty for an HTML page, as of a gateway
 */
public record Fault(boolean acts, int status, String code) {
  /** An error of the service, which did nothing. */
  public static Fault error(int status, String code) {
    return new Fault(false, status, code);
  }

  /** The service's own failure, which did nothing. */
  public static Fault internalError() {
    return error(500, "InternalServerException");
  }

  /** A page of something in front of the service, which did not see the request. */
  public static Fault html() {
    return new Fault(false, 500, "");
  }

  /** The connection ends before the service does anything. */
  public static Fault dropBeforeActing() {
    return new Fault(false, 0, "");
  }

  /** The service does what it was asked, and the connection ends without an answer. */
  public static Fault dropAfterActing() {
    return new Fault(true, 0, "");
  }

  /** The service does what it was asked, and answers with an error nevertheless. */
  public Fault afterActing() {
    return new Fault(true, status, code);
  }
}
