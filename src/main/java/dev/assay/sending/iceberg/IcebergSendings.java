package dev.assay.sending.iceberg;

import dev.assay.ledger.LedgerTable;
import dev.assay.model.job.Send;
import dev.assay.sending.Sending;
import dev.assay.sending.SendingStates;
import dev.assay.sending.Sendings;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/** Table {@code assay.sendings}, partitioned by job. */
public final class IcebergSendings implements Sendings {
  /** Its name in namespace {@code assay}. */
  public static final String TABLE = "sendings";

  private final LedgerTable table;
  private final SendingRows rows;
  private final Expression ofJob;
  private Optional<Long> snapshot = Optional.empty();

  /**
   * @param model of the verdicts that allow the messages; likewise {@code modelVersion}
   * @param runId of the call that writes
   */
  public IcebergSendings(
      Catalog catalog, Send job, String model, String modelVersion, String runId) {
    this.table = LedgerTable.byValue(catalog, TABLE, SendingRows.SCHEMA, "job").writtenOften();
    this.rows = new SendingRows(job, model, modelVersion, runId);
    this.ofJob = Expressions.equal("job", job.ledgerName());
  }

  @Override
  public SendingStates read() {
    SendingStates states = new SendingStates();
    snapshot = table.read(ofJob, row -> states.add(SendingRows.sending(row)));
    return states;
  }

  @Override
  public boolean add(List<Sending> lines) {
    Optional<Long> added =
        table.appendUnlessChanged(ofJob, snapshot, lines.stream().map(rows::row).toList());
    if (added.isPresent()) {
      snapshot = added;
    }
    return added.isPresent();
  }
}
