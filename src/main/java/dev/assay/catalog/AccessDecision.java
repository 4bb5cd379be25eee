package dev.assay.catalog;

import dev.assay.model.job.AccessPolicy;
import dev.assay.model.job.AccessPolicy.Approval;
import dev.assay.model.job.AccessPolicy.Level;
import dev.assay.model.job.Contract;
import dev.assay.model.job.Publish.Classification;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes of a request without a person: granted by a package, or left to the steward.
 *
 * @param packageName the package that is granted, or that would be if the steward agrees; empty if
 *     no contract names one
 * @param granted whether it is granted without a person
 * @param why in a sentence
 */
public record AccessDecision(
    Optional<String> packageName,
    Optional<AccessPolicy.Package> granting,
    boolean granted,
    String why) {

  /**
   * Decides. Only tables that are public or internal are opened without a person, only by packages
   * that their producer marks {@code approval: auto}, and never a column with data about people.
   *
   * @param contracts of all consumers
   * @param policy of the table's producer
   */
  public static AccessDecision of(
      AccessRequest request,
      TableFacts facts,
      List<Contract> contracts,
      Optional<AccessPolicy> policy) {
    Optional<Contract> contract =
        contracts.stream()
            .filter(one -> one.table().equals(request.table()))
            .filter(
                one ->
                    one.project().filter(request.project()::equals).isPresent()
                        || one.project().filter(request.projectName()::equals).isPresent())
            .findFirst();
    if (contract.isEmpty()) {
      return steward(
          "no contract about %s names project %s"
              .formatted(request.table(), request.projectName()));
    }
    if (contract.get().accessPackage().isEmpty()) {
      return steward("contract %s names no package".formatted(contract.get().name()));
    }
    String name = contract.get().accessPackage().get();
    Optional<AccessPolicy.Package> granting =
        policy.map(AccessPolicy::packages).map(packages -> packages.get(name));
    if (granting.isEmpty()) {
      return steward(
          "contract %s names package %s, which jobs/governance does not define for %s"
              .formatted(contract.get().name(), name, request.table()));
    }
    Optional<String> obstacle = obstacle(granting.get(), name, facts);
    return new AccessDecision(
        Optional.of(name),
        granting,
        obstacle.isEmpty(),
        obstacle.orElse(
            "package %s of contract %s is granted to all who name it"
                .formatted(name, contract.get().name())));
  }

  /** The same, left to the steward after all. */
  public AccessDecision refused(String reason) {
    return new AccessDecision(packageName, granting, false, reason);
  }

  private static AccessDecision steward(String why) {
    return new AccessDecision(Optional.empty(), Optional.empty(), false, why);
  }

  private static Optional<String> obstacle(
      AccessPolicy.Package granting, String name, TableFacts facts) {
    if (granting.level() == Level.NONE) {
      return Optional.of("package %s shows nothing".formatted(name));
    }
    if (granting.approval() != Approval.AUTO) {
      return Optional.of("package %s is granted by a steward".formatted(name));
    }
    if (facts.classification().isEmpty()) {
      return Optional.of("%s is not classified".formatted(facts.table()));
    }
    if (facts.classification().get() == Classification.CONFIDENTIAL) {
      return Optional.of("%s is confidential".formatted(facts.table()));
    }
    Set<String> shown =
        new LinkedHashSet<>(
            granting.columns().isEmpty() ? facts.columns().keySet() : granting.columns());
    // the catalog's names have no case
    shown.removeIf(column -> facts.personalData().stream().noneMatch(column::equalsIgnoreCase));
    return shown.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "package %s shows data about people: %s".formatted(name, String.join(", ", shown)));
  }
}
