package dev.assay.messages.comprehend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.messages.Bill;
import dev.assay.messages.PersonalData;
import dev.assay.messages.PersonalData.Finding;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.ComprehendRate;
import dev.assay.testing.aws.ComprehendStub;
import dev.assay.testing.aws.Fault;
import dev.assay.testing.aws.RecordedRequests;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ComprehendPersonalDataIT {
  @RegisterExtension final RecordedRequests requests = new RecordedRequests();
  @TempDir private Path folder;
  private ComprehendStub stub;
  private PersonalData personalData;

  @BeforeEach
  void start() throws IOException, ClassNotFoundException {
    stub = ComprehendStub.start(requests);
    PersonalData opened =
        ComprehendPersonalData.of(
            Settings.at(stub.endpoint()), List.of("de", "es", "en"), 1, journal());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(opened);
    personalData =
        (PersonalData)
            new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  private Journal journal() {
    return new Journal(
        folder.toString(), "personal-data", new SerializableConfiguration(new Configuration()));
  }

  @Test
  void countsInCodePoints() {
    String text = "😀😀 write to a@b.example 👍 or call +49 30 1234567";

    List<Finding> found = personalData.in(text);

    assertThat(found).containsExactly(new Finding("EMAIL", 12, 23), new Finding("PHONE", 34, 48));
    assertThat(PersonalData.masked(text, found))
        .isEqualTo("😀😀 write to [EMAIL] 👍 or call [PHONE]");
    assertThat(requests.of("comprehend", "DetectPiiEntities").get(0).text("LanguageCode"))
        .isEqualTo("es");
  }

  @Test
  void findsNothingInNothingWithoutAsking() {
    assertThat(personalData.in(" ")).isEmpty();
    assertThat(requests.all()).isEmpty();
  }

  @Test
  void looksThroughLongTextsInPieces() {
    String text = "😀 word ".repeat(20_000) + "a@b.example";

    List<Finding> found = personalData.in(text);

    int length = text.codePointCount(0, text.length());
    assertThat(found).containsExactly(new Finding("EMAIL", length - 11, length));
    assertThat(requests.of("comprehend", "DetectPiiEntities")).hasSize(3);
  }

  @Test
  void asksAgainWhenThrottledAndFailsWhenThereIsNoAnswer() {
    stub.faults().next("DetectPiiEntities", 2, Fault.error(400, "ThrottlingException"));
    assertThat(personalData.in("a@b.example")).hasSize(1);
    assertThat(personalData.spent().searched()).isEqualTo(1);

    stub.faults().next("DetectPiiEntities", 1, Fault.error(400, "AccessDeniedException"));
    assertThatThrownBy(() -> personalData.in("a@b.example"))
        .isInstanceOfSatisfying(
            AssayException.class, e -> assertThat(e.kind()).isEqualTo(ExitKind.WRONG_FILES))
        .hasMessage(
            "Personal data: Comprehend refused (AccessDeniedException). Check 'comprehend' in the profile, and that the role may call comprehend:DetectPiiEntities.");
  }

  @Test
  void knowsWhatWasSpentUntilItIsRecorded() {
    personalData.in("a@b.example");
    personalData.in("x".repeat(301));
    PersonalData next =
        ComprehendPersonalData.of(Settings.at(stub.endpoint()), List.of("en"), 1, journal());

    assertThat(personalData.spent())
        .returns(2L, Bill::searched)
        .returns(3L + 4, Bill::units)
        .returns("0.0014", bill -> bill.cost().toPlainString());
    assertThat(personalData.leftBehind().charged()).isFalse();
    assertThat(next.spent().charged()).isFalse();
    assertThat(next.leftBehind()).isEqualTo(personalData.spent());
    next.recorded();
    assertThat(next.leftBehind().charged()).isFalse();
  }

  @Test
  void knowsTwoLanguages() {
    assertThatThrownBy(
            () ->
                ComprehendPersonalData.of(
                    Settings.at(stub.endpoint(), ComprehendRate.ofUnits(1), 1, "s3://b/w"),
                    List.of("de", "fr"),
                    1,
                    journal()))
        .isInstanceOf(AssayException.class)
        .hasMessage(
            "The job's languages are [de, fr]. Comprehend finds personal data in en and es only; use 'personal-data: local'.");
  }
}
