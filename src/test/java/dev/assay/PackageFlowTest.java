package dev.assay;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the arrows of the package map in place. */
class PackageFlowTest {
  private static final String ROOT = "dev.assay.";
  private static final List<String> STAGES =
      List.of(
          "jobs",
          "lake",
          "prepare",
          "semantic",
          "keys",
          "rules",
          "suggest",
          "scores",
          "sending",
          "lineage",
          "contracts",
          "health",
          "emr",
          "publishing",
          "catalog");
  private static final JavaClasses OUR_CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.assay");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jobs",
        "lake",
        "prepare",
        "semantic",
        "keys",
        "rules",
        "suggest",
        "scores",
        "sending",
        "lineage",
        "contracts",
        "health",
        "emr",
        "publishing",
        "catalog"
      })
  void aStageKnowsOnlyItselfAndTheModel(String stage) {
    String[] forbidden =
        STAGES.stream()
            .filter(other -> !other.equals(stage))
            .map(other -> ROOT + other + "..")
            .toArray(String[]::new);

    noClasses()
        .that()
        .resideInAPackage(ROOT + stage + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage(
            ROOT + "folders..",
            ROOT + "pipeline..",
            ROOT + "erasure..",
            ROOT + "api..",
            ROOT + "reports..",
            ROOT + "cli..",
            ROOT + "demo..")
        .check(OUR_CLASSES);
  }

  @Test
  void foldersKnowNobodyAboveThem() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "folders..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            ROOT + "pipeline..",
            ROOT + "erasure..",
            ROOT + "api..",
            ROOT + "reports..",
            ROOT + "cli..",
            ROOT + "demo..")
        .check(OUR_CLASSES);
  }

  @Test
  void thePipelineDoesNotKnowWhoForgets() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + "pipeline..", ROOT + "ledger..", ROOT + "messages..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + "erasure..")
        .check(OUR_CLASSES);
  }

  @Test
  void exportsKnowTheLedgersTablesByNameOnly() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "exports..")
        .should()
        .dependOnClassesThat(
            DescribedPredicate.and(
                JavaClass.Predicates.resideInAPackage("dev.assay.."),
                DescribedPredicate.not(JavaClass.Predicates.resideInAPackage(ROOT + "exports.."))))
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.spark..")
        .check(OUR_CLASSES);
  }

  @Test
  void theModelKnowsNobody() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "model..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            ROOT + "jobs..",
            ROOT + "lake..",
            ROOT + "prepare..",
            ROOT + "semantic..",
            ROOT + "keys..",
            ROOT + "rules..",
            ROOT + "scores..",
            ROOT + "folders..",
            ROOT + "pipeline..",
            ROOT + "erasure..",
            ROOT + "api..",
            ROOT + "reports..",
            ROOT + "cli..",
            ROOT + "demo..",
            "org.apache.spark..",
            "org.apache.iceberg..",
            "org.apache.hadoop..")
        .check(OUR_CLASSES);
  }

  @Test
  void rulesFlowFromParseToPlanToEvaluate() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "rules.parse..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + "rules.plan..", ROOT + "rules.evaluate..", ROOT + "rules.lint..")
        .check(OUR_CLASSES);
    noClasses()
        .that()
        .resideInAPackage(ROOT + "rules.plan..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + "rules.evaluate..", ROOT + "rules.lint..")
        .check(OUR_CLASSES);
    noClasses()
        .that()
        .resideInAPackage(ROOT + "rules.lint..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            ROOT + "rules.evaluate..", ROOT + "rules.evidence..", ROOT + "rules.testing..")
        .check(OUR_CLASSES);
  }

  @Test
  void nothingThatScoresKnowsHowRulesAreTested() {
    noClasses()
        .that()
        .resideInAnyPackage(
            ROOT + "rules.parse..",
            ROOT + "rules.plan..",
            ROOT + "rules.evaluate..",
            ROOT + "rules.evidence..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + "rules.testing..")
        .check(OUR_CLASSES);
  }

  @Test
  void sparkStaysOutOfWhatIsTestedWithoutIt() {
    noClasses()
        .that()
        .resideInAnyPackage(
            ROOT + "model..",
            ROOT + "jobs..",
            ROOT + "rules.parse..",
            ROOT + "rules.plan..",
            ROOT + "rules.lint..",
            ROOT + "scores..",
            ROOT + "sending..",
            ROOT + "contracts..",
            ROOT + "health..",
            ROOT + "catalog..",
            ROOT + "emr..",
            ROOT + "keys..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.spark..")
        .check(OUR_CLASSES);
  }

  @Test
  void eachTechnologyStaysInItsPackage() {
    keeps("com.amazon.deequ..", ROOT + "rules.evaluate..", ROOT + "suggest..", ROOT + "bench..");
    keeps("org.antlr..", ROOT + "rules.parse..", ROOT + "jobs.filter..");
    keeps("picocli..", ROOT + "cli..");
    keeps("com.cronutils..", ROOT + "model.job..");
    keeps("com.google.crypto.tink..", ROOT + "keys..");
    keeps("org.snakeyaml..", ROOT + "jobs..");
    keeps("org.apache.commons.compress..", ROOT + "messages.comprehend..");
    keeps("io.openlineage..", ROOT + "publishing.openlineage..");
    keeps("freemarker..", ROOT + "reports..", ROOT + "suggest..");
    keeps(
        "software.amazon.awssdk..",
        "..glue..",
        "..s3..",
        "..kms..",
        "..sns..",
        "..datazone..",
        "..lakeformation..",
        "..secretsmanager..",
        "..comprehend..",
        ROOT + "aws..",
        ROOT + "emr.aws..",
        ROOT + "emr.serverless..",
        ROOT + "emr.ec2..",
        ROOT + "publishing.aws..",
        ROOT + "sending.aws..",
        ROOT + "sending.ses..",
        ROOT + "sending.sms..");
  }

  private static void keeps(String technology, String... homes) {
    noClasses()
        .that()
        .resideOutsideOfPackages(homes)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(technology)
        .check(OUR_CLASSES);
  }
}
