package dev.assay.testing.aws;

/** Names of things in the account and region that the Comprehend stub plays. */
final class ComprehendArns {
  static final String ACCOUNT = "123456789012";

  private ComprehendArns() {}

  static String of(String kind, String name) {
    return "arn:aws:comprehend:us-east-1:%s:%s/%s".formatted(ACCOUNT, kind, name);
  }
}
