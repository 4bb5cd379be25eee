package dev.assay.testing.aws;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A table of the Glue catalog by the parts of its ARN. */
record GlueTableArn(String region, String account, String database, String table) {
  private static final Pattern ARN =
      Pattern.compile("arn:aws[^:]*:glue:([a-z0-9-]+):([0-9]{12}):table/([^/]+)/([^/]+)");

  static GlueTableArn of(String arn) {
    Matcher matcher = ARN.matcher(arn);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "expected arn:aws:glue:REGION:ACCOUNT:table/DATABASE/TABLE but got " + arn);
    }
    return new GlueTableArn(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4));
  }

  @Override
  public String toString() {
    return "arn:aws:glue:%s:%s:table/%s/%s".formatted(region, account, database, table);
  }
}
