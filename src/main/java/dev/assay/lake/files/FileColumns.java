package dev.assay.lake.files;

import dev.assay.model.AssayException;
import dev.assay.model.SourceFile;
import dev.assay.model.job.Input;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.StructType;

/** The columns that Avro and Parquet files carry, from their headers and footers. */
final class FileColumns {
  /** It is waiting for storage, so there may be more of them than processors. */
  private static final int MOST_AT_ONCE = 16;

  private FileColumns() {}

  /**
   * Looks at every file, several at a time.
   *
   * @return by file, in the order given
   * @throws dev.assay.lake.UnreadableInputException about the first that is damaged
   */
  static Map<SourceFile, StructType> of(
      List<SourceFile> files, Input.Format format, Configuration configuration) {
    ExecutorService readers =
        Executors.newFixedThreadPool(
            Math.max(1, Math.min(MOST_AT_ONCE, files.size())),
            task -> {
              Thread thread = new Thread(task, "assay-columns");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<StructType>> looks = new ArrayList<>();
      for (SourceFile file : files) {
        looks.add(readers.submit(() -> look(file, format, configuration)));
      }
      Map<SourceFile, StructType> columns = new LinkedHashMap<>();
      for (int index = 0; index < files.size(); index++) {
        columns.put(files.get(index), taken(looks.get(index), files.get(index)));
      }
      return columns;
    } finally {
      readers.shutdownNow();
    }
  }

  private static StructType look(
      SourceFile file, Input.Format format, Configuration configuration) {
    return format == Input.Format.AVRO
        ? FileHeaders.avro(file, configuration)
        : FileHeaders.parquet(file, configuration);
  }

  private static StructType taken(Future<StructType> look, SourceFile file) {
    try {
      return look.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof AssayException known
          ? known
          : DamagedFile.unreadable(file.path(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while columns were read", e);
    }
  }
}
