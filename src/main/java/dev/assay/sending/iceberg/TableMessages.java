package dev.assay.sending.iceberg;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.Send;
import dev.assay.sending.MessageRow;
import dev.assay.sending.MessageSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.CloseableIterator;

/** The messages of one snapshot of a table, the same ones in every pass. */
public final class TableMessages implements MessageSource {
  private final Table table;
  private final Send job;
  private final Snapshot snapshot;
  private final UnaryOperator<String> contentHash;
  private final Set<String> columns = new LinkedHashSet<>();

  /**
   * @param contentHash of a text, as verdicts have it
   * @throws AssayException if the table has not the columns that the job names, or was never
   *     written
   */
  public TableMessages(Table table, Send job, UnaryOperator<String> contentHash) {
    Send.Messages messages = job.messages();
    this.table = table;
    this.job = job;
    this.contentHash = contentHash;
    columns.addAll(messages.key());
    columns.add(messages.text());
    columns.add(messages.address());
    messages.channel().ifPresent(columns::add);
    messages.campaign().ifPresent(columns::add);
    TableColumns.require(job.file(), messages.table(), table, List.copyOf(columns));
    Snapshot current = table.currentSnapshot();
    if (current == null) {
      throw new AssayException(
          ExitKind.INPUT_MISSING,
          "%s: table %s is empty: nothing was ever published to it. Run the job that writes it."
              .formatted(job.file(), messages.table()));
    }
    this.snapshot = current;
  }

  @Override
  public Pass read() {
    CloseableIterable<Record> rows =
        IcebergGenerics.read(table)
            .useSnapshot(snapshot.snapshotId())
            .select(columns.toArray(String[]::new))
            .build();
    CloseableIterator<Record> iterator = rows.iterator();
    return new Pass() {
      @Override
      public boolean hasNext() {
        return iterator.hasNext();
      }

      @Override
      public MessageRow next() {
        return message(iterator.next());
      }

      @Override
      public void close() {
        try (rows;
            iterator) {
          // both, whatever becomes of the first
          return;
        } catch (IOException e) {
          throw new UncheckedIOException("cannot close " + table.name(), e);
        }
      }
    };
  }

  private MessageRow message(Record row) {
    Send.Messages messages = job.messages();
    String text = TableColumns.text(row, messages.text());
    return new MessageRow(
        TableColumns.key(row, messages.key()),
        text,
        TableColumns.text(row, messages.address()),
        messages.channel().map(column -> TableColumns.text(row, column)).orElse(""),
        messages.campaign().map(column -> TableColumns.text(row, column)).orElse(""),
        contentHash.apply(text));
  }
}
