package dev.assay.messages.personal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.messages.PersonalData;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPersonalDataTest {
  private final PersonalData detector = new LocalPersonalData("US");

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "write to jo.doe+car@mail.example.com today | write to [EMAIL] today",
        "call +49 30 901820 now | call [PHONE] now",
        "call (212) 555-0142 now | call [PHONE] now",
        "card 4111 1111 1111 1111 ok | card [CREDIT_DEBIT_NUMBER] ok",
        "to DE89 3704 0044 0532 0130 00 please | to [INTERNATIONAL_BANK_ACCOUNT_NUMBER] please",
        "car 1HGCM82633A004352 is ready | car [VEHICLE_IDENTIFICATION_NUMBER] is ready",
        "car WVWZZZ1JZXW000001 is ready | car [VEHICLE_IDENTIFICATION_NUMBER] is ready",
        "plate B-AB 1234 | plate [LICENSE_PLATE]",
        "your AB12 CDE is done | your [LICENSE_PLATE] is done",
        "from 192.0.2.17 | from [IP_ADDRESS]",
        "ssn 123-45-6789 | ssn [SSN]",
        "card 4111 1111 1111 1111 12/26 | card [CREDIT_DEBIT_NUMBER] 12/26",
        "12 4111-1111-1111-1111 | 12 [CREDIT_DEBIT_NUMBER]",
        "DE89 3704 0044 0532 0130 00 BY FRIDAY | [INTERNATIONAL_BANK_ACCOUNT_NUMBER] BY FRIDAY",
        "jo@example.com.Thanks | [EMAIL].Thanks"
      })
  void findsWhatHasAForm(String text, String masked) {
    assertThat(PersonalData.masked(text, detector.in(text))).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "card 4111 1111 1111 1112 is no card",
        "DE88 3704 0044 0532 0130 00 is no iban",
        "car 1HGCM82633A004353 has another check digit",
        "version 999.1.2.3 of it",
        "save 50% until 2026-11-30",
        "order 12345 of 10,000"
      })
  void checksumsAndFormsDecide(String text) {
    assertThat(detector.in(text)).isEmpty();
  }

  @Test
  void offsetsCountCodePoints() {
    String text = "🚗🚗 jo@example.com";

    assertThat(detector.in(text)).containsExactly(new PersonalData.Finding("EMAIL", 3, 17));
    assertThat(PersonalData.masked(text, detector.in(text))).isEqualTo("🚗🚗 [EMAIL]");
  }

  @Test
  void countsEachType() {
    List<PersonalData.Finding> found = detector.in("a@example.com, b@example.com, 192.0.2.1");

    assertThat(PersonalData.counts(found)).containsEntry("EMAIL", 2).containsEntry("IP_ADDRESS", 1);
  }
}
