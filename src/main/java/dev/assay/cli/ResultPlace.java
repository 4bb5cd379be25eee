package dev.assay.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** Where a run's result is written: a local file, or an address such as {@code s3://…}. */
final class ResultPlace {
  private final String where;
  private final Supplier<Configuration> hadoop;

  ResultPlace(String where, Supplier<Configuration> hadoop) {
    this.where = where;
    this.hadoop = hadoop;
  }

  /** What was asked for, or the usual file in the home. */
  static ResultPlace of(@Nullable String asked, Common common) {
    return new ResultPlace(
        asked == null ? common.home.resolve("result.json").toString() : asked,
        () -> Wiring.hadoop(common.profile()));
  }

  /** Whether it is an address, which somebody else reads, and not a file of this machine. */
  boolean isRemote() {
    return where.contains("://");
  }

  /** Writes it whole, in the place of an earlier one. */
  void write(String text) {
    if (!isRemote()) {
      ReportFiles.write(Path.of(where), text);
      return;
    }
    try {
      writeTo(new org.apache.hadoop.fs.Path(where), text);
    } catch (IOException e) {
      throw ReportFiles.notWritten(where, e);
    }
  }

  private void writeTo(org.apache.hadoop.fs.Path file, String text) throws IOException {
    try (OutputStream out = file.getFileSystem(hadoop.get()).create(file, true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
