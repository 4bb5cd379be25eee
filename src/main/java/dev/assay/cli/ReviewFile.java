package dev.assay.cli;

import dev.assay.messages.iceberg.VerdictTable.Pending;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/** The CSV that reviewers fill in. */
final class ReviewFile {
  private static final String HASH = "content_hash";
  private static final String DECISION = "decision";

  private ReviewFile() {}

  static String text(List<Pending> pending) {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter csv = new CSVPrinter(text, CSVFormat.RFC4180)) {
      csv.printRecord(HASH, DECISION, "text", "confidences", "reasons", "messages");
      for (Pending one : pending) {
        csv.printRecord(
            one.contentHash(),
            "",
            one.text(),
            confidences(one.categories()),
            String.join(" ", one.reasons()),
            one.messages());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to memory", e);
    }
    return text.toString();
  }

  static String confidences(Map<String, Double> categories) {
    return categories.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(3)
        .map(
            category ->
                "%s %s"
                    .formatted(
                        category.getKey(), String.format(Locale.ROOT, "%.2f", category.getValue())))
        .collect(Collectors.joining(", "));
  }

  /** Decisions by hash; lines without one are left out. */
  static Map<String, String> decisions(Path file) {
    Map<String, String> decisions = new LinkedHashMap<>();
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        CSVParser lines = format.parse(reader)) {
      if (!lines.getHeaderNames().containsAll(List.of(HASH, DECISION))) {
        throw new AssayException(
            ExitKind.USAGE,
            "%s: the header is %s. Expected the columns %s and %s, as --export writes them."
                .formatted(file, lines.getHeaderNames(), HASH, DECISION));
      }
      for (CSVRecord line : lines) {
        String decision = line.get(DECISION).strip();
        if (!decision.isEmpty()) {
          decisions.put(line.get(HASH), decision);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      throw new AssayException(
          ExitKind.INPUT_MISSING, "%s: cannot be read as CSV.".formatted(file), e);
    }
    return decisions;
  }
}
