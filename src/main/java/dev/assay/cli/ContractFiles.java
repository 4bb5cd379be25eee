package dev.assay.cli;

import dev.assay.jobs.ContractReader;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.Nearest;
import dev.assay.model.job.AccessPolicy;
import dev.assay.model.job.Contract;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Contracts as they were asked for.
 *
 * @param contracts by their file
 * @param wrong files that cannot be used, each with what is wrong
 */
record ContractFiles(Map<Path, Contract> contracts, Map<String, String> wrong) {
  private static final String ENDING = ".yaml";

  /**
   * Reads contracts.
   *
   * @param asked files, or names of contracts in the folder; empty for all of the folder
   * @throws AssayException if there is none, or a name is unknown
   */
  static ContractFiles of(List<String> asked, Path folder) {
    ContractFiles all = read(list(folder));
    if (asked.isEmpty()) {
      if (all.contracts.isEmpty() && all.wrong.isEmpty()) {
        throw new AssayException(
            ExitKind.USAGE,
            "There is no contract in %s. Expected *.yaml there, or files to be named."
                .formatted(folder));
      }
      return all;
    }
    ContractFiles chosen = new ContractFiles(new LinkedHashMap<>(), new LinkedHashMap<>());
    for (String one : asked) {
      if (one.endsWith(ENDING)) {
        chosen.add(read(List.of(Path.of(one))));
      } else {
        chosen.add(all.named(one, folder));
      }
    }
    return chosen;
  }

  /**
   * The contracts beside a pipeline's folder. A file that cannot be used is the consumer's and
   * stops no run: it is said, and not looked at.
   */
  static List<Contract> beside(Path pipeline, PrintWriter err) {
    return in(pipeline.toAbsolutePath().normalize().resolveSibling("contracts"), err);
  }

  /** The contracts of a folder that can be used; others are said, and not looked at. */
  static List<Contract> in(Path folder, PrintWriter err) {
    ContractFiles all = read(list(folder));
    all.wrong.values().forEach(problem -> err.println(problem + " It is not looked at."));
    return List.copyOf(all.contracts.values());
  }

  /**
   * Checks a contract's file, and against what the producers beside it define.
   *
   * @throws AssayException if it cannot be used as written, or names a package that is not there
   */
  static void check(Path file) {
    Contract contract = ContractReader.load(file);
    Path governance = file.toAbsolutePath().normalize().resolve("../../governance").normalize();
    Optional<AccessPolicy> policy =
        Optional.ofNullable(GovernanceFiles.read(governance).policies().get(contract.table()));
    Optional<String> asked = contract.accessPackage();
    if (asked.isPresent()
        && !policy.map(AccessPolicy::packages).orElse(Map.of()).containsKey(asked.get())) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "%s: package '%s' is not defined for %s. %s"
              .formatted(
                  file,
                  asked.get(),
                  contract.table(),
                  policy.isPresent()
                      ? Nearest.suggestion(asked.get(), policy.get().packages().keySet())
                      : "Its producer defines packages in %s/<table>.yaml.".formatted(governance)));
    }
  }

  private void add(ContractFiles more) {
    contracts.putAll(more.contracts);
    wrong.putAll(more.wrong);
  }

  /** By the name in the file, or by the file's own: one that cannot be read has only that. */
  private ContractFiles named(String name, Path folder) {
    Map<Path, Contract> found = new LinkedHashMap<>();
    contracts.forEach(
        (file, contract) -> {
          if (contract.name().equals(name)) {
            found.put(file, contract);
          }
        });
    if (!found.isEmpty()) {
      return new ContractFiles(found, Map.of());
    }
    Path file = folder.resolve(name + ENDING);
    if (contracts.containsKey(file)) {
      return new ContractFiles(Map.of(file, contracts.get(file)), Map.of());
    }
    if (wrong.containsKey(file.toString())) {
      return new ContractFiles(Map.of(), Map.of(file.toString(), wrong.get(file.toString())));
    }
    List<String> names = contracts.values().stream().map(Contract::name).sorted().toList();
    throw new AssayException(
        ExitKind.USAGE,
        "There is no contract '%s' in %s. %s"
            .formatted(
                name, folder, names.isEmpty() ? "Name a file." : Nearest.suggestion(name, names)));
  }

  private static ContractFiles read(List<Path> files) {
    Map<Path, Contract> contracts = new LinkedHashMap<>();
    Map<String, String> wrong = new LinkedHashMap<>();
    Map<String, Path> names = new LinkedHashMap<>();
    for (Path file : files) {
      try {
        Contract contract = ContractReader.load(file);
        Path before = names.putIfAbsent(contract.name(), file);
        if (before == null) {
          contracts.put(file, contract);
        } else {
          wrong.put(
              file.toString(),
              "%s: its name '%s' is that of %s already. Give each contract a name of its own."
                  .formatted(file, contract.name(), before));
        }
      } catch (AssayException e) {
        wrong.put(file.toString(), String.valueOf(e.getMessage()));
      }
    }
    return new ContractFiles(contracts, wrong);
  }

  private static List<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return new ArrayList<>(
          files.filter(file -> file.toString().endsWith(ENDING)).sorted().toList());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }
}
