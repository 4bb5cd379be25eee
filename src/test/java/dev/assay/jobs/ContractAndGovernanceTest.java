package dev.assay.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.assay.jobs.filter.RowFilters;
import dev.assay.model.job.AccessPolicy;
import dev.assay.model.job.Contract;
import dev.assay.model.job.MetadataForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files that consumers and producers write beside jobs, and their schemas. */
class ContractAndGovernanceTest {
  private static final String CONTRACT =
      """
      name: mileage
      description: the register's nightly load
      consumer: register
      contact: register@example.com
      table: semantic.odometer_statement
      minimum-score: 99.5
      minimum-coverage: 100
      must-pass: {severity: [critical, high]}
      freshness: 36 hours
      package: plain
      project: register
      """;
  private static final String POLICY =
      """
      table: semantic.odometer_statement
      description: readings by month
      owner: fleet@example.com
      packages:
        all: {level: full, approval: auto, description: everything}
        plain: {level: filtered, columns: [vin, month], rows: "country = 'DE'"}
        nothing: {level: none}
      """;
  private static final String GLOSSARY =
      """
      name: fleet
      description: words of the fleet
      owner: fleet@example.com
      terms: {Odometer: The distance a vehicle has driven.}
      """;

  private static final String FORM =
      """
      name: TableFacts
      description: what every table says
      owner: data-office@example.com
      fields:
        owner: owner
        personalData: personal-data
      """;

  @TempDir Path folder;

  @Test
  void aContractIsReadWhole() {
    Contract contract = ContractReader.load(file("contracts/mileage.yaml", CONTRACT));

    assertThat(contract.table()).hasToString("semantic.odometer_statement");
    assertThat(contract.minimumScore())
        .hasValueSatisfying(s -> assertThat(s).isEqualByComparingTo("99.5"));
    assertThat(contract.mustPass()).isEqualTo(Map.of("severity", List.of("critical", "high")));
    assertThat(contract.freshness()).contains(Duration.ofHours(36));
    assertThat(contract.accessPackage()).contains("plain");
  }

  @Test
  void aPolicyIsReadWhole() {
    AccessPolicy policy = GovernanceReader.policy(file("governance/odometer.yaml", POLICY));

    assertThat(policy.packages().keySet()).containsExactlyInAnyOrder("all", "plain", "nothing");
    assertThat(policy.packages().get("plain"))
        .isEqualTo(
            new AccessPolicy.Package(
                AccessPolicy.Level.FILTERED,
                List.of("vin", "month"),
                java.util.Optional.of(RowFilters.parse("country = 'DE'")),
                AccessPolicy.Approval.STEWARD));
  }

  @Test
  void aGlossaryIsReadWhole() {
    Path file = file("governance/glossary.yaml", GLOSSARY);
    GovernanceReader.check(file);

    assertThat(GovernanceReader.glossary(file).terms()).containsOnlyKeys("Odometer");
  }

  @Test
  void aFormIsReadWholeAndSaidInSmithy() {
    Path file = file("governance/forms.yaml", FORM);
    GovernanceReader.check(file);

    assertThat(GovernanceReader.form(file).fields())
        .containsExactly(
            Map.entry("owner", MetadataForm.Fact.OWNER),
            Map.entry("personalData", MetadataForm.Fact.PERSONAL_DATA));
    assertThat(GovernanceReader.form(file).smithy())
        .startsWith("structure TableFacts {")
        .contains("owner: String", "personalData: Boolean");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "name: TableFacts | name: table facts | is no name of a form | such as TableFacts",
        "owner: owner | Owner: owner | 'Owner' is no name of a field | the first a small letter",
        "owner: owner | owner: ownr | 'ownr' | Did you mean 'owner'?"
      })
  void aWrongFormIsRefusedWithItsPlace(String right, String wrong, String found, String remedy) {
    Path file = file("governance/forms.yaml", FORM.replace(right, wrong));

    assertThatThrownBy(() -> GovernanceReader.check(file))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("forms.yaml:")
        .hasMessageContaining(found)
        .hasMessageContaining(remedy);
    assertThat(errors("forms", FORM.replace(right, wrong))).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "consumer: register | consumr: register | unknown key 'consumr' | Did you mean 'consumer'?",
        "table: semantic.odometer_statement | table: odometer | is not a table name | expected layer.name",
        "minimum-score: 99.5 | minimum-score: 101 | 101 is no score | from 0 to 100",
        "freshness: 36 hours | freshness: soon | 'soon' is no length of time | 36 hours"
      })
  void aWrongContractIsRefusedWithItsPlace(
      String right, String wrong, String found, String remedy) {
    Path file = file("contracts/c.yaml", CONTRACT.replace(right, wrong));

    assertThatThrownBy(() -> ContractReader.load(file))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("c.yaml:")
        .hasMessageContaining(found)
        .hasMessageContaining(remedy);
    assertThat(errors("contract", CONTRACT.replace(right, wrong))).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "level: none | level: some | 'some' | ",
        "level: none | level: filtered | has neither columns or rows | level filtered",
        "level: full | level: full, rows: x | level full has columns or rows | with no other",
        "rows: \"country = 'DE'\" | rows: \"upper(country) = 'DE'\" | character 6: '(' is not understood | no functions",
        "owner: fleet@example.com | owned: x | unknown key 'owned' | owner"
      })
  void aWrongPolicyIsRefusedWithItsPlace(String right, String wrong, String found, String remedy) {
    Path file = file("governance/p.yaml", POLICY.replace(right, wrong));

    assertThatThrownBy(() -> GovernanceReader.check(file))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("p.yaml:")
        .hasMessageContaining(found)
        .hasMessageContaining(remedy == null ? "" : remedy);
  }

  @Test
  void theSchemasAcceptWhatTheReadersAccept() {
    assertThat(errors("contract", CONTRACT)).isEmpty();
    assertThat(errors("governance", POLICY)).isEmpty();
    assertThat(errors("glossary", GLOSSARY)).isEmpty();
    assertThat(errors("forms", FORM)).isEmpty();
    assertThat(errors("contract", CONTRACT + "more: x\n")).isNotEmpty();
    assertThat(errors("governance", POLICY + "more: x\n")).isNotEmpty();
    assertThat(errors("glossary", GLOSSARY + "more: x\n")).isNotEmpty();
  }

  /** Every key of the schemas stands in the samples above, which the readers take. */
  @Test
  void theSamplesHaveEveryKeyOfTheSchemas() throws IOException {
    for (Map.Entry<String, String> sample :
        Map.of("contract", CONTRACT, "governance", POLICY, "glossary", GLOSSARY, "forms", FORM)
            .entrySet()) {
      JsonNode yaml = new YAMLMapper().readTree(sample.getValue());
      schema(sample.getKey())
          .get("properties")
          .fieldNames()
          .forEachRemaining(key -> assertThat(yaml.has(key)).as(key).isTrue());
    }
  }

  private static java.util.Set<?> errors(String schema, String yaml) {
    try {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(schema(schema))
          .validate(new YAMLMapper().readTree(yaml));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode schema(String name) throws IOException {
    return new YAMLMapper().readTree(Files.readString(Path.of("schemas", name + ".schema.json")));
  }

  private Path file(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
