package dev.assay.model.job;

import dev.assay.model.TableName;

/**
 * Whose Glue catalog holds the tables, so that others find them by their ARN.
 *
 * @param partition {@code aws}, or another one such as {@code aws-cn}
 * @param account its twelve digits
 */
public record GlueAccount(String partition, String region, String account) {
  /** The ARN of a table: its layer is the database. */
  public String arn(TableName table) {
    return "arn:%s:glue:%s:%s:table/%s/%s"
        .formatted(partition, region, account, table.layer(), table.name());
  }
}
