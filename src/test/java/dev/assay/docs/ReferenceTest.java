package dev.assay.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.assay.model.ExitKind;
import dev.assay.rules.parse.RuleType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.iceberg.Schema;
import org.junit.jupiter.api.Test;

/**
 * The pages in docs/reference are what the product says of itself. With {@code
 * -Dassay.reference=write} the test writes them.
 */
class ReferenceTest {
  static final String COMMAND = "mvn -q test -Dtest=ReferenceTest -Dassay.reference=write";
  private static final Path FOLDER = Path.of("docs/reference");

  @Test
  void thePagesAreWhatTheProductSays() throws IOException {
    Map<String, String> pages = pages();
    if ("write".equals(System.getProperty("assay.reference"))) {
      write(pages);
    }

    for (Map.Entry<String, String> page : pages.entrySet()) {
      Path file = FOLDER.resolve(page.getKey());
      String committed = Files.exists(file) ? Files.readString(file) : "";
      assertThat(committed)
          .as(
              "%s is not what would be made from the product, first in line %d. Make it again with '%s' and commit it.",
              file, firstDifference(committed, page.getValue()), COMMAND)
          .isEqualTo(page.getValue());
    }
    assertThat(committedPages())
        .as("Pages that nothing makes; '%s' removes them.", COMMAND)
        .isEqualTo(pages.keySet());
  }

  @Test
  void everyRuleTypeHasAnExampleThatTheParserReads() {
    assertThat(RulesPage.examples().keySet())
        .as("An example of each rule type, in %s", RulesPage.EXAMPLES)
        .isEqualTo(Set.copyOf(RuleType.names()));
    assertThat(RulesPage.examples())
        .allSatisfy((type, example) -> assertThat(example.passesWhen()).as(type).endsWith("."));
  }

  @Test
  void everyTableOfTheLedgerIsTold() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.assay");
    Set<String> schemas =
        classes.stream()
            .flatMap(type -> type.getFields().stream())
            .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
            .filter(field -> field.getRawType().isEquivalentTo(Schema.class))
            .map(JavaField::getFullName)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> told = new TreeSet<>(LedgerPage.OTHERS);
    LedgerPage.TABLES.forEach(table -> told.add(table.owner() + "." + table.field()));

    assertThat(schemas)
        .as("Static Iceberg schemas; name a new table in LedgerPage, then '%s'", COMMAND)
        .isEqualTo(told);
    for (LedgerPage.Table table : LedgerPage.TABLES) {
      assertThat(table.schema().columns())
          .allSatisfy(
              field -> assertThat(field.doc()).as(table.name() + "." + field.name()).isNotBlank());
    }
  }

  @Test
  void theReadmeHasTheSameExitCodes() throws IOException {
    String readme = Files.readString(Path.of("README.md"));

    for (ExitKind kind : ExitKind.values()) {
      assertThat(readme).contains("| %d | %s |".formatted(kind.code(), kind.meaning()));
    }
  }

  private static Map<String, String> pages() {
    Map<String, String> pages = new TreeMap<>(KeysPage.all());
    StringBuilder index = new StringBuilder("# Reference\n\n").append(Markdown.MADE);
    index.append("- [Commands](commands.md)\n- [Exit codes](exit-codes.md)\n");
    index.append("- [Rule types](rules.md)\n- [The ledger's tables](ledger.md)\n");
    index.append("\nKeys of files:\n\n");
    pages
        .keySet()
        .forEach(
            name -> {
              String kind = name.replace(".md", "");
              Path schema = KeysPage.SCHEMAS.resolve(kind + ".schema.json");
              index.append("- [%s](%s) – %s\n".formatted(kind, name, KeysPage.about(schema)));
            });
    pages.put("commands.md", CommandsPage.text());
    pages.put("exit-codes.md", ExitCodesPage.text());
    pages.put("rules.md", RulesPage.text());
    pages.put("ledger.md", LedgerPage.text());
    pages.put("README.md", index.toString());
    return pages;
  }

  private static void write(Map<String, String> pages) throws IOException {
    Files.createDirectories(FOLDER);
    for (String old : committedPages()) {
      Files.delete(FOLDER.resolve(old));
    }
    for (Map.Entry<String, String> page : pages.entrySet()) {
      Files.writeString(FOLDER.resolve(page.getKey()), page.getValue());
    }
  }

  private static Set<String> committedPages() throws IOException {
    if (!Files.isDirectory(FOLDER)) {
      return Set.of();
    }
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  private static int firstDifference(String one, String other) {
    String[] left = one.split("\n", -1);
    String[] right = other.split("\n", -1);
    return IntStream.range(0, Math.max(left.length, right.length))
            .filter(
                line ->
                    line >= left.length
                        || line >= right.length
                        || !Arrays.asList(left).get(line).equals(right[line]))
            .findFirst()
            .orElse(0)
        + 1;
  }
}
