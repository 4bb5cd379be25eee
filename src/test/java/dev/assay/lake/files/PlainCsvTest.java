package dev.assay.lake.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is split plainly is split as commons-csv does it. */
class PlainCsvTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '!',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {",~\"~", ";~'~", "\t~\"~\\", "|~~", ",~~\\", ",~\"~\""})
  void splitsAsTheParserDoes(char delimiter, Character quote, Character escape) throws IOException {
    CsvRecords format =
        new CsvRecords(List.of("a"), Map.of(), delimiter, quote, escape, "UTF-8", "");
    PlainCsv plain = Objects.requireNonNull(PlainCsv.of(delimiter, quote, escape));
    String characters =
        "ab 1ä€\\\"'\0" + delimiter + delimiter + (quote == null ? "" : quote + "" + quote + quote);
    Random random = new Random(7);
    int split = 0;
    for (int round = 0; round < 100_000; round++) {
      String line = line(random, characters);
      int count = plain.split(line.getBytes(StandardCharsets.UTF_8));
      if (count != PlainCsv.UNSURE) {
        split++;
        assertThat(fields(plain, count)).as(line).isEqualTo(parsed(format, line));
      }
    }

    assertThat(split).isGreaterThan(10_000);
  }

  private static List<List<String>> fields(PlainCsv plain, int count) {
    List<String> fields = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      fields.add(plain.field(index).toString());
    }
    return List.of(fields);
  }

  private static List<List<String>> parsed(CsvRecords format, String line) throws IOException {
    return format.parse(line).stream().map(CSVRecord::toList).toList();
  }

  private static String line(Random random, String characters) {
    StringBuilder line = new StringBuilder();
    int length = 1 + random.nextInt(12);
    while (line.length() < length) {
      line.append(characters.charAt(random.nextInt(characters.length())));
    }
    return line.toString();
  }
}
