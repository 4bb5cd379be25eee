package dev.assay.messages.comprehend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** Reads the output of a batch job as a stream: lines in any order, each with its number. */
final class Predictions implements Closeable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ENDING = ".jsonl";

  private final TarArchiveInputStream archive;
  private final String compliant;
  private @Nullable BufferedReader lines;

  /**
   * What is said of a line.
   *
   * @param line of the texts, from 0
   * @param refused whether the service has an error in the place of classes
   */
  record Prediction(long line, Map<String, Double> categories, boolean refused) {}

  /**
   * @param packed {@code output.tar.gz}
   * @param compliant the label that is no category
   */
  Predictions(InputStream packed, String compliant) throws IOException {
    this.archive = new TarArchiveInputStream(new GZIPInputStream(packed));
    this.compliant = compliant;
  }

  /**
   * The next prediction of a file of texts; empty at the end.
   *
   * @throws UncheckedIOException if the archive is not one, or a line not as the service writes it
   */
  Optional<Prediction> next(String file) {
    try {
      for (String line = line(); line != null; line = line()) {
        JsonNode read = JSON.readTree(line);
        if (read.path("File").asText().equals(file) && read.has("Line") && !isOutage(read)) {
          return Optional.of(prediction(read));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("the output of a batch job cannot be read", e);
    }
  }

  /** An error of the service's own says nothing about the text: the line counts as missing. */
  private static boolean isOutage(JsonNode read) {
    String code = read.path("ErrorCode").asText();
    return code.startsWith("INTERNAL") || code.contains("THROTTL") || code.contains("THROUGHPUT");
  }

  private Prediction prediction(JsonNode read) {
    boolean answered = read.has("Classes") || read.has("Labels");
    return new Prediction(
        // a string, or in some outputs a number
        read.path("Line").asLong(),
        Reported.in(read, compliant),
        !answered || read.has("ErrorCode"));
  }

  private @Nullable String line() throws IOException {
    while (true) {
      BufferedReader current = lines;
      String line = current == null ? null : current.readLine();
      if (line != null && !line.isBlank()) {
        return line;
      }
      if (line == null && !entry()) {
        return null;
      }
    }
  }

  /** Goes to the next file with predictions. */
  private boolean entry() throws IOException {
    for (TarArchiveEntry entry = archive.getNextTarEntry();
        entry != null;
        entry = archive.getNextTarEntry()) {
      if (entry.isFile() && entry.getName().endsWith(ENDING)) {
        lines = new BufferedReader(new InputStreamReader(archive, StandardCharsets.UTF_8));
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    archive.close();
  }
}
