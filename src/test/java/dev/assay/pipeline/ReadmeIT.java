package dev.assay.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.TestProject;
import dev.assay.pipeline.JobResult.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first job and ruleset are files that run. */
class ReadmeIT {
  private static final Pattern EXAMPLE =
      Pattern.compile("<!-- example: (\\S+) -->\\n```\\w*\\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void showsExamplesThatRun() throws IOException {
    TestProject project = new TestProject(folder);
    Map<String, String> examples = examples();
    assertThat(examples).hasSize(3);
    for (Map.Entry<String, String> example : examples.entrySet()) {
      assertThat(example.getValue()).isEqualTo(Files.readString(Path.of(example.getKey())));
      project.file(example.getKey().replace("src/test/resources/readme/", ""), example.getValue());
    }
    project.file(
        "raw/orders-1.csv",
        "order_id;customer;ordered_on;amount\n1; Ada ;18.11.2026;1.234,50\n1;Ada;17.11.2026;9,00\n2;Ben;18.11.2026;-1,00\n");

    JobResult result =
        project
            .run(
                "jobs/shop",
                LocalDate.of(2026, 11, 18),
                Map.of("raw", folder.resolve("raw").toString()))
            .get(0);

    assertThat(result.ending()).as(result.message()).isEqualTo(Ending.PUBLISHED);
    assertThat(project.lines("SELECT * FROM lake.prepared.orders"))
        .containsExactly("1|Ada|2026-11-18|1234.50");
  }

  private static Map<String, String> examples() throws IOException {
    Map<String, String> examples = new TreeMap<>();
    Matcher matcher = EXAMPLE.matcher(Files.readString(Path.of("README.md")));
    while (matcher.find()) {
      examples.put(matcher.group(1), matcher.group(2));
    }
    return examples;
  }
}
