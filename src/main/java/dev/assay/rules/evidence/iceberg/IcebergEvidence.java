package dev.assay.rules.evidence.iceberg;

import dev.assay.ledger.LedgerTable;
import dev.assay.rules.evidence.EvidenceBlock;
import dev.assay.rules.evidence.EvidenceStore;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Evidence in table {@code assay.evidence}: a row per block, partitioned by the table it is of. */
public final class IcebergEvidence implements EvidenceStore {
  private static final Logger LOG = LoggerFactory.getLogger(IcebergEvidence.class);
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(
              1, "table_id", Types.StringType.get(), "the Iceberg UUID of the table"),
          Types.NestedField.required(2, "at", Types.TimestampType.withZone(), "when it was kept"),
          Types.NestedField.required(3, "ordinal", Types.IntegerType.get(), "order within at"),
          Types.NestedField.required(4, "facts", Types.IntegerType.get(), "facts in the block"),
          Types.NestedField.required(5, "slices", Types.IntegerType.get(), "slices in the block"),
          Types.NestedField.required(
              6, "block", Types.BinaryType.get(), "the values, in Assay's own form"));

  private final LedgerTable table;
  private final Clock clock;

  public IcebergEvidence(Catalog catalog, Clock clock) {
    this.table = LedgerTable.byValue(catalog, "evidence", SCHEMA, "table_id");
    this.clock = clock;
  }

  @Override
  public List<EvidenceBlock> load(String id) {
    return table.scan(Expressions.equal("table_id", id)).stream()
        .sorted(
            Comparator.comparing((Record row) -> (OffsetDateTime) row.getField("at"))
                .thenComparing(row -> (Integer) row.getField("ordinal")))
        .flatMap(row -> block(id, row))
        .toList();
  }

  private static Stream<EvidenceBlock> block(String id, Record row) {
    ByteBuffer bytes = ((ByteBuffer) row.getField("block")).duplicate();
    byte[] encoded = new byte[bytes.remaining()];
    bytes.get(encoded);
    Optional<EvidenceBlock> block = EvidenceBlock.decode(encoded);
    if (block.isEmpty()) {
      LOG.warn("Evidence of table {} from {} is damaged and is computed again", id, row.get(1));
    }
    return block.stream();
  }

  @Override
  public void save(String id, List<EvidenceBlock> blocks) {
    table.append(rows(id, blocks));
  }

  @Override
  public boolean replace(String id, List<EvidenceBlock> blocks) {
    try {
      table.replace(Expressions.equal("table_id", id), rows(id, blocks));
      return true;
    } catch (ValidationException | CommitFailedException e) {
      LOG.info("Evidence of table {} was written to meanwhile, and is left as it is", id);
      return false;
    }
  }

  private List<Record> rows(String id, List<EvidenceBlock> blocks) {
    OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
    return Stream.iterate(0, ordinal -> ordinal < blocks.size(), ordinal -> ordinal + 1)
        .map(
            ordinal -> {
              EvidenceBlock block = blocks.get(ordinal);
              Record row = GenericRecord.create(SCHEMA);
              row.setField("table_id", id);
              row.setField("at", now);
              row.setField("ordinal", ordinal);
              row.setField("facts", block.signatures().size());
              row.setField("slices", block.slices().size());
              row.setField("block", ByteBuffer.wrap(block.encode()));
              return row;
            })
        .toList();
  }
}
