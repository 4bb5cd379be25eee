package dev.assay.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.ForkedJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody follows the pages word by word, in a folder with nothing in it. */
@Tag("long")
class TutorialIT {
  @TempDir private Path folder;

  @Test
  void theTutorialAndTheReadmeCanBeFollowed() throws IOException {
    // what the readme supposes to be there
    write("raw/orders-1.csv", "order_id;customer;ordered_on;amount\n1; Ada ;18.11.2026;1.234,50\n");
    write("some/file.csv", "id,city\n1,Bonn\n2,Bern\n");

    ForkedJvm.Ended ended =
        ForkedJvm.run(
            folder,
            Map.of(
                "assay.log",
                folder.resolve("assay.log").toString(),
                "log4j2.configurationFile",
                "assay-log4j2.xml",
                "user.language",
                "en"),
            DocumentRun.class,
            Path.of("docs/tutorial.md").toAbsolutePath().toString(),
            Path.of("README.md").toAbsolutePath().toString());

    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(ended.output())
        .containsPattern("\\d+ commands were run, 0 things were not as their pages say");
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
