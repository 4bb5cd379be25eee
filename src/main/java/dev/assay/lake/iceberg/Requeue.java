package dev.assay.lake.iceberg;

import dev.assay.model.TableName;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.Options;
import org.apache.iceberg.Table;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.SupportsPrefixOperations;

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
   * Keeps a file of corrected records in the format of the job's input. The same name replaces. It
   * is there whole or not at all: who is killed meanwhile leaves at most a part that no run reads.
   *
   * @return where it is kept
   */
  public String keep(TableName table, LocalDate dataDate, Path file) {
    Table quarantine = catalog.find(QuarantineTable.of(table)).orElseThrow();
    String target = folder(quarantine, dataDate) + "/" + file.getFileName();
    if (quarantine.io() instanceof HadoopFileIO hadoop) {
      // runs read no files whose names begin with a dot
      String part = folder(quarantine, dataDate) + "/." + file.getFileName() + ".part";
      copy(quarantine, file, part);
      rename(hadoop, part, target);
    } else {
      // stores of objects show an object once it is whole
      copy(quarantine, file, target);
    }
    return target;
  }

  private static void rename(HadoopFileIO io, String part, String target) {
    org.apache.hadoop.fs.Path from = new org.apache.hadoop.fs.Path(part);
    try {
      FileContext.getFileContext(from.toUri(), io.conf())
          .rename(from, new org.apache.hadoop.fs.Path(target), Options.Rename.OVERWRITE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep " + target, e);
    }
  }

  private static void copy(Table quarantine, Path file, String target) {
    OutputFile output = quarantine.io().newOutputFile(target);
    try (InputStream in = Files.newInputStream(file);
        OutputStream out = output.createOrOverwrite()) {
      in.transferTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep " + file, e);
    }
  }

  /** Takes a file back; nothing happens if it is not there. */
  public void remove(TableName table, LocalDate dataDate, Path file) {
    Table quarantine = catalog.find(QuarantineTable.of(table)).orElseThrow();
    quarantine.io().deleteFile(folder(quarantine, dataDate) + "/" + file.getFileName());
  }

  /** The corrected files of all dates that lie beside a quarantine; none if that cannot be told. */
  public List<String> kept(TableName quarantine) {
    Table table = catalog.find(quarantine).orElse(null);
    if (table == null || !(table.io() instanceof SupportsPrefixOperations listing)) {
      return List.of();
    }
    List<String> files = new ArrayList<>();
    try {
      for (FileInfo file : listing.listPrefix(table.location() + "/requeued")) {
        // Hadoop keeps a checksum beside each file on a local disk
        if (!file.location().endsWith(".crc")) {
          files.add(file.location());
        }
      }
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof FileNotFoundException) {
        return List.of();
      }
      throw e;
    }
    return files.stream().sorted().toList();
  }

  /** The text of such a file. */
  public String text(TableName quarantine, String file) {
    Table table = catalog.find(quarantine).orElseThrow();
    try (InputStream in = table.io().newInputFile(file).newStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read a requeued file of " + quarantine, e);
    }
  }

  private static String folder(Table quarantine, LocalDate dataDate) {
    return quarantine.location() + "/requeued/" + dataDate;
  }
}
