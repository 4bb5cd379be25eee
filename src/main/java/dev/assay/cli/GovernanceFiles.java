package dev.assay.cli;

import dev.assay.jobs.GovernanceReader;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.TableName;
import dev.assay.model.job.AccessPolicy;
import dev.assay.model.job.Glossary;
import dev.assay.model.job.MetadataForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is defined in a folder such as {@code jobs/governance}. */
record GovernanceFiles(
    Optional<Glossary> glossary,
    Optional<MetadataForm> form,
    Map<TableName, AccessPolicy> policies) {
  private static final List<String> CENTRAL = List.of("glossary.yaml", "forms.yaml");

  static GovernanceFiles read(Path folder) {
    Map<TableName, AccessPolicy> policies = new TreeMap<>();
    for (Path file : list(folder)) {
      AccessPolicy policy = GovernanceReader.policy(file);
      if (policies.put(policy.table(), policy) != null) {
        throw new AssayException(
            ExitKind.WRONG_FILES,
            "%s: another file of the folder is about %s too. Keep one of them."
                .formatted(file, policy.table()));
      }
    }
    return new GovernanceFiles(
        present(folder.resolve("glossary.yaml")).map(GovernanceReader::glossary),
        present(folder.resolve("forms.yaml")).map(GovernanceReader::form),
        policies);
  }

  private static Optional<Path> present(Path file) {
    return Optional.of(file).filter(Files::isRegularFile);
  }

  private static List<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return new ArrayList<>(
          files
              .filter(file -> file.toString().endsWith(".yaml"))
              .filter(file -> !CENTRAL.contains(file.getFileName().toString()))
              .sorted()
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }
}
