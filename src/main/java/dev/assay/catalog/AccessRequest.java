package dev.assay.catalog;

import dev.assay.model.TableName;
import java.time.Instant;

/**
 * A project that wants to see a table.
 *
 * @param id by which the catalog knows the request
 * @param asset of the table
 * @param project the id of the project that asks
 * @param projectName its name
 * @param reason as its people wrote it
 */
public record AccessRequest(
    String id,
    String asset,
    TableName table,
    String project,
    String projectName,
    String reason,
    Instant askedAt) {}
