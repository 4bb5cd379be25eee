package dev.assay.messages.comprehend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.messages.comprehend.Predictions.Prediction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;

class PredictionsTest {
  @Test
  void readsLabelsAndClassesOfLinesInAnyOrder() throws IOException {
    assertThat(
            read(
                """
                {"File":"texts.txt","Line":"2","Labels":[{"Name":"SPAM","Score":0.5},{"Name":"compliant","Score":0.4}]}
                {"File":"texts.txt","Line":0,"Classes":[{"Name":"HATE","Score":0.97}]}
                {"File":"other.txt","Line":"1","Labels":[]}

                {"File":"texts.txt","Line":"1","ErrorCode":"DOCUMENT_SIZE_EXCEEDED","ErrorMessage":"no"}
                """))
        .containsExactly(
            new Prediction(2, Map.of("SPAM", 0.5), false),
            new Prediction(0, Map.of("HATE", 0.97), false),
            new Prediction(1, Map.of(), true));
  }

  @Test
  void anErrorOfTheServiceItselfSaysNothingAboutTheText() throws IOException {
    assertThat(
            read(
                """
                {"File":"texts.txt","Line":"0","ErrorCode":"INTERNAL_SERVER_ERROR","ErrorMessage":"no"}
                {"File":"texts.txt","Line":"1","Labels":[]}
                """))
        .containsExactly(new Prediction(1, Map.of(), false));
  }

  @Test
  void aTextInNoCategoryIsAnswered() throws IOException {
    assertThat(read("{\"File\":\"texts.txt\",\"Line\":\"0\",\"Labels\":[]}\n"))
        .containsExactly(new Prediction(0, Map.of(), false));
  }

  @Test
  void refusesALineThatIsNone() {
    assertThatThrownBy(() -> read("{\"File\":\n"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("the output of a batch job cannot be read");
  }

  private static List<Prediction> read(String lines) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(packed))) {
      add(tar, "manifest", "not this");
      add(tar, "predictions.jsonl", lines);
    }
    List<Prediction> predictions = new ArrayList<>();
    try (Predictions stream =
        new Predictions(new ByteArrayInputStream(packed.toByteArray()), "compliant")) {
      for (Optional<Prediction> next = stream.next("texts.txt");
          next.isPresent();
          next = stream.next("texts.txt")) {
        predictions.add(next.get());
      }
    }
    return predictions;
  }

  private static void add(TarArchiveOutputStream tar, String name, String text) throws IOException {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }
}
