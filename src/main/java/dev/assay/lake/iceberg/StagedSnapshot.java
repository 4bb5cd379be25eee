package dev.assay.lake.iceberg;

import dev.assay.model.MergeCounts;
import dev.assay.model.TableName;
import java.util.Optional;

/**
 * Rows on a branch, not yet on main.
 *
 * @param parent main's snapshot when the branch was made; empty if main had none
 * @param written rows that the write put in, as Iceberg counted them
 * @param drift what became of columns that the table did not have, in words; usually empty
 */
public record StagedSnapshot(
    TableName table,
    String branch,
    Optional<Long> parent,
    long snapshot,
    long written,
    Optional<MergeCounts> merged,
    String drift) {}
