package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Reads the documents of a batch job and writes its predictions as the service does: in any order,
 * packed.
 */
final class JobOutput {
  private static final String NAME = "predictions.jsonl";

  private final Scores scores;
  private final JobPlan plan;

  JobOutput(Scores scores, JobPlan plan) {
    this.scores = scores;
    this.plan = plan;
  }

  /** The documents of some objects; a last line without a text is none. */
  static List<DocumentLine> documents(Map<String, byte[]> objects, boolean onePerLine) {
    List<DocumentLine> documents = new ArrayList<>();
    objects.forEach(
        (address, content) -> {
          String file = address.substring(address.lastIndexOf('/') + 1);
          String text = new String(content, StandardCharsets.UTF_8);
          if (!onePerLine) {
            documents.add(new DocumentLine(file, -1, text));
          } else if (!text.isEmpty()) {
            String[] lines =
                (text.endsWith("\n") ? text.substring(0, text.length() - 1) : text).split("\n", -1);
            for (int i = 0; i < lines.length; i++) {
              documents.add(new DocumentLine(file, i, lines[i].replaceFirst("\r$", "")));
            }
          }
        });
    return documents;
  }

  /** The packed predictions; the same documents always in the same disorder. */
  byte[] pack(List<DocumentLine> documents) {
    List<DocumentLine> shuffled = new ArrayList<>(documents);
    Collections.shuffle(shuffled, new Random(1));
    StringBuilder text = new StringBuilder();
    for (DocumentLine document : shuffled) {
      if (!plan.missing().test(document)) {
        text.append(prediction(document)).append('\n');
      }
    }
    return tarGz(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private ObjectNode prediction(DocumentLine document) {
    ObjectNode prediction = RequestProtocol.JSON.createObjectNode().put("File", document.file());
    if (document.line() >= 0) {
      prediction.put("Line", Integer.toString(document.line()));
    }
    if (plan.refused().test(document)) {
      return prediction.put("ErrorCode", plan.errorCode()).put("ErrorMessage", plan.errorMessage());
    }
    scores.answer(document.text(), prediction);
    return prediction;
  }

  private static byte[] tarGz(byte[] content) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(packed))) {
      TarArchiveEntry entry = new TarArchiveEntry(NAME);
      entry.setSize(content.length);
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
