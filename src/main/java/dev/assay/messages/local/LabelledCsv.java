package dev.assay.messages.local;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.Nearest;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * The CSV that Comprehend trains from: UTF-8, no header, two columns {@code label,document}, labels
 * joined by a delimiter.
 *
 * @param delimiter between labels
 * @param compliant the label of texts that belong to no category
 * @param categories the labels there may be besides it
 */
public record LabelledCsv(char delimiter, String compliant, Set<String> categories) {
  public LabelledCsv {
    categories = java.util.Collections.unmodifiableSet(new TreeSet<>(categories));
  }

  /**
   * Reads a whole file.
   *
   * @throws AssayException naming the line, never its text, if a line is not as said
   */
  public List<LabelledText> read(Path file) {
    List<LabelledText> texts = new ArrayList<>();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        CSVParser parser = CSVFormat.RFC4180.parse(reader)) {
      for (CSVRecord line : parser) {
        texts.add(text(line, "%s, record %d".formatted(file, line.getRecordNumber())));
      }
    } catch (MalformedInputException e) {
      throw new AssayException(
          ExitKind.INPUT_MISSING, "%s: the file is not UTF-8. Save it as UTF-8.".formatted(file));
    } catch (java.nio.file.NoSuchFileException e) {
      throw new AssayException(
          ExitKind.INPUT_MISSING,
          "%s: there is no such file. Expected labelled messages, label,document.".formatted(file));
    } catch (IOException | UncheckedIOException e) {
      throw new AssayException(
          ExitKind.INPUT_MISSING,
          "%s: cannot be read as CSV with two columns, label,document.".formatted(file),
          e);
    }
    if (texts.isEmpty()) {
      throw new AssayException(
          ExitKind.INPUT_MISSING, "%s: the file has no messages.".formatted(file));
    }
    return texts;
  }

  /** Writes a file that reads as these texts, the same for the same texts in the same order. */
  public void write(List<LabelledText> texts, Path file) {
    CSVFormat format = CSVFormat.RFC4180.builder().setRecordSeparator("\n").get();
    try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        CSVPrinter csv = new CSVPrinter(writer, format)) {
      for (LabelledText text : texts) {
        csv.printRecord(
            text.categories().isEmpty()
                ? compliant
                : String.join(String.valueOf(delimiter), text.categories()),
            text.text());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private LabelledText text(CSVRecord line, String place) {
    if (line.size() != 2) {
      throw wrong(place, "has %d columns; expected two, label,document.".formatted(line.size()));
    }
    Set<String> labels = new TreeSet<>();
    for (String label : line.get(0).split(java.util.regex.Pattern.quote("" + delimiter), -1)) {
      if (!label.equals(compliant) && !categories.contains(label)) {
        List<String> known = new ArrayList<>(categories);
        known.add(compliant);
        throw wrong(
            place,
            "has the label '%s', which the job does not name. %s"
                .formatted(label, Nearest.suggestion(label, known)));
      }
      labels.add(label);
    }
    if (labels.contains(compliant) && labels.size() > 1) {
      throw wrong(place, "is '%s' and something else; expected either.".formatted(compliant));
    }
    labels.remove(compliant);
    return new LabelledText(line.get(1), labels);
  }

  private static AssayException wrong(String place, String found) {
    return new AssayException(ExitKind.INPUT_MISSING, "%s: the line %s".formatted(place, found));
  }
}
