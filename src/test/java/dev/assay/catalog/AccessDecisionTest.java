package dev.assay.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.TableName;
import dev.assay.model.job.AccessPolicy;
import dev.assay.model.job.AccessPolicy.Approval;
import dev.assay.model.job.AccessPolicy.Level;
import dev.assay.model.job.Contract;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is opened without a person, and what never is. */
class AccessDecisionTest {
  private static final TableName TRIPS = new TableName("semantic", "trips");
  private static final AccessRequest REQUEST =
      new AccessRequest("r1", "a1", TRIPS, "p-42", "Register", "for a report", Instant.EPOCH);

  @Test
  void anInternalTableIsOpenedByTheContractsPackage() {
    AccessDecision decision = decide("internal", "", shown(List.of("vin"), Approval.AUTO));

    assertThat(decision.granted()).isTrue();
    assertThat(decision.packageName()).contains("plain");
  }

  @Test
  void theProjectMayBeNamedByItsIdOrItsName() {
    assertThat(decided(contract("p-42")).granted()).isTrue();
    assertThat(decided(contract("Register")).granted()).isTrue();
    AccessDecision other = decided(contract("Other"));
    assertThat(other.granted()).isFalse();
    assertThat(other.why()).isEqualTo("no contract about semantic.trips names project Register");
  }

  @Test
  void confidentialAndUnclassifiedTablesAreLeftToTheSteward() {
    assertThat(decide("confidential", "", shown(List.of("vin"), Approval.AUTO)).why())
        .isEqualTo("semantic.trips is confidential");
    assertThat(decide("", "", shown(List.of("vin"), Approval.AUTO)).why())
        .isEqualTo("semantic.trips is not classified");
  }

  @Test
  void columnsAboutPeopleAreLeftToTheStewardAlsoWhereAllAreShown() {
    assertThat(decide("public", "driver", shown(List.of("vin", "driver"), Approval.AUTO)).why())
        .isEqualTo("package plain shows data about people: driver");
    AccessPolicy.Package full =
        new AccessPolicy.Package(Level.FULL, List.of(), Optional.empty(), Approval.AUTO);
    assertThat(decide("public", "driver", full).granted()).isFalse();
    assertThat(decide("public", "driver", shown(List.of("vin"), Approval.AUTO)).granted()).isTrue();
  }

  @Test
  void whatTheProducerWantsAStewardToGrantIsNotGranted() {
    AccessDecision decision = decide("public", "", shown(List.of("vin"), Approval.STEWARD));

    assertThat(decision.granted()).isFalse();
    assertThat(decision.packageName()).contains("plain");
    AccessPolicy.Package nothing =
        new AccessPolicy.Package(Level.NONE, List.of(), Optional.empty(), Approval.AUTO);
    assertThat(decide("public", "", nothing).why()).isEqualTo("package plain shows nothing");
  }

  @Test
  void neitherCaseNorSpacesNorOtherWordsOpenAnything() {
    assertThat(decide("public", "x, driver", shown(List.of("Driver"), Approval.AUTO)).granted())
        .isFalse();
    assertThat(decide("secret", "", shown(List.of("vin"), Approval.AUTO)).why())
        .isEqualTo("semantic.trips is not classified");
  }

  @Test
  void aPackageThatNobodyDefinedIsLeftToTheSteward() {
    AccessDecision decision =
        AccessDecision.of(
            REQUEST, facts("public", ""), List.of(contract("p-42")), Optional.empty());

    assertThat(decision.granted()).isFalse();
    assertThat(decision.why()).contains("package plain", "does not define");
  }

  private static AccessDecision decide(
      String classification, String personal, AccessPolicy.Package shown) {
    return AccessDecision.of(
        REQUEST,
        facts(classification, personal),
        List.of(contract("p-42")),
        Optional.of(new AccessPolicy(TRIPS, "me", Map.of("plain", shown))));
  }

  private static AccessDecision decided(Contract contract) {
    return AccessDecision.of(
        REQUEST,
        facts("public", ""),
        List.of(contract),
        Optional.of(
            new AccessPolicy(TRIPS, "me", Map.of("plain", shown(List.of("vin"), Approval.AUTO)))));
  }

  private static AccessPolicy.Package shown(List<String> columns, Approval approval) {
    return new AccessPolicy.Package(Level.FILTERED, columns, Optional.empty(), approval);
  }

  private static TableFacts facts(String classification, String personal) {
    Map<String, String> properties = new java.util.HashMap<>();
    if (!classification.isEmpty()) {
      properties.put("assay.classification", classification);
    }
    properties.put("assay.personal-data", personal);
    return TableFacts.of(
        TRIPS, Map.of("vin", "string", "driver", "string"), "s3://b/t", properties);
  }

  private static Contract contract(String project) {
    return new Contract(
        "register",
        "The register",
        Optional.empty(),
        TRIPS,
        Optional.empty(),
        BigDecimal.ZERO,
        Map.of(),
        Optional.empty(),
        Optional.of("plain"),
        Optional.of(project));
  }
}
