package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a strange file to a first score, and from the table that made to another. */
@Tag("long")
class InitIT {
  @TempDir Path folder;

  @Test
  void describesAStrangeFileAndScoresIt() throws Exception {
    StringBuilder csv = new StringBuilder("Order ID;Kunde;E-Mail;Bestellt am;Betrag;PLZ;Größe\n");
    for (int row = 0; row < 100; row++) {
      csv.append(
          "%d;\"Müller; %d\";k%d@example.com;%02d.11.2026;1.%03d,50;%05d;%s\n"
              .formatted(1000 + row, row, row, 1 + row % 28, row, row, row % 2 == 0 ? "S" : "M"));
    }
    csv.append("9999;x;y@example.com;31.02.2026;1,00;00001;S\n");
    Files.write(
        folder.resolve("Strange Orders.csv"), csv.toString().getBytes(StandardCharsets.ISO_8859_1));

    ForkedJvm.Ended init = assay("init", "--from", "Strange Orders.csv");

    assertThat(init.code()).as(init.output()).isZero();
    assertThat(init.output()).contains("published").contains("Report: ");
    assertThat(Files.readString(folder.resolve("jobs/strange_orders/strange_orders.yaml")))
        .contains("csv: {delimiter: \";\", encoding: ISO-8859-1}")
        .contains("\"Bestellt am\": {type: date, format: \"dd.MM.yyyy\", nullable: false}")
        .contains("Betrag: {type: \"decimal(10,2)\", format: \"1.234,56\", nullable: false}")
        .contains("PLZ: {type: string, nullable: false}")
        .contains("# looks like personal data (e-mail): see steps")
        .contains("\"Order ID\": order_id");
    assertThat(Files.readString(folder.resolve("rulesets/prepared/strange_orders.dqdl")))
        .contains("IsPrimaryKey \"order_id\"")
        .contains("ColumnValues \"groesse\" in [\"M\", \"S\"]")
        .doesNotContain("example.com");

    ForkedJvm.Ended again = assay("init", "--from", "Strange Orders.csv");
    ForkedJvm.Ended table = assay("init", "--from", "prepared.strange_orders", "--name", "second");

    assertThat(again.code()).isEqualTo(2);
    assertThat(again.output()).contains("is there already and is not replaced");
    assertThat(table.code()).as(table.output()).isZero();
    assertThat(Files.readString(folder.resolve("rulesets/prepared/second.dqdl")))
        .contains("IsComplete \"order_id\"")
        .contains("RowCount >= 50");
  }

  @Test
  void namesInOtherAlphabetsAndOfOddFilesAreNoHindrance() throws Exception {
    Files.writeString(folder.resolve("a[1].csv"), "Имя;Возраст;Café\nанна;3;x\nборис;4;y\n");

    ForkedJvm.Ended init = assay("init", "--from", "a[1].csv", "--name", "people");

    assertThat(init.code()).as(init.output()).isZero();
    assertThat(Files.readString(folder.resolve("jobs/people/people.yaml")))
        .contains("\"Имя\": unnamed", "\"Возраст\": unnamed_2", "\"Café\": cafe");
  }

  @Test
  void aFileInWideCharactersIsToBeConverted() throws Exception {
    Files.write(folder.resolve("w.csv"), "a,b\n1,2\n".getBytes(StandardCharsets.UTF_16));

    ForkedJvm.Ended init = assay("init", "--from", "w.csv");

    assertThat(init.code()).as(init.output()).isEqualTo(7);
    assertThat(init.output()).contains("UTF-16 or UTF-32").contains("iconv");
    assertThat(folder.resolve("jobs")).doesNotExist();
  }

  private ForkedJvm.Ended assay(String... arguments) {
    return ForkedJvm.run(
        folder, Map.of("assay.log", folder.resolve("assay.log").toString()), Main.class, arguments);
  }
}
