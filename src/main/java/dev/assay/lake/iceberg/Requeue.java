package dev.assay.lake.iceberg;

import dev.assay.model.TableName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.OutputFile;

/**
 * Corrected records, kept beside a table's quarantine and read with the raw files of their date.
 */
public final class Requeue {
  private final LakeCatalog catalog;

  public Requeue(LakeCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * A glob of the corrected files, if the table has a quarantine.
   *
   * @param dataDate only those of that date; empty for a job that reads the same whatever the date
   */
  public Optional<String> files(TableName table, Optional<LocalDate> dataDate) {
    return catalog
        .find(QuarantineTable.of(table))
        .map(
            quarantine ->
                dataDate
                    .map(date -> folder(quarantine, date) + "/*")
                    .orElse(quarantine.location() + "/requeued/*/*"));
  }

  /**
   * Keeps a file of corrected records in the format of the job's input. The same name replaces.
   *
   * @return where it is kept
   */
  public String keep(TableName table, LocalDate dataDate, Path file) {
    Table quarantine = catalog.find(QuarantineTable.of(table)).orElseThrow();
    String target = folder(quarantine, dataDate) + "/" + file.getFileName();
    OutputFile output = quarantine.io().newOutputFile(target);
    try (InputStream in = Files.newInputStream(file);
        OutputStream out = output.createOrOverwrite()) {
      in.transferTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep " + file, e);
    }
    return target;
  }

  /** Takes a file back; nothing happens if it is not there. */
  public void remove(TableName table, LocalDate dataDate, Path file) {
    Table quarantine = catalog.find(QuarantineTable.of(table)).orElseThrow();
    quarantine.io().deleteFile(folder(quarantine, dataDate) + "/" + file.getFileName());
  }

  private static String folder(Table quarantine, LocalDate dataDate) {
    return quarantine.location() + "/requeued/" + dataDate;
  }
}
