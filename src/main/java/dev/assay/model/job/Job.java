package dev.assay.model.job;

import dev.assay.model.Fingerprint;
import dev.assay.model.TableName;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One job, as its file says.
 *
 * @param domain of its pipeline; empty if that names none
 * @param inputs by alias, in the order of the file; a prepare job has exactly one
 * @param references by alias, tables that rules compare with
 * @param sql the statement of a build job
 * @param classify how a classify job decides
 * @param ruleset the file with the rules; empty if the job says {@code none}
 * @param publish what is said about its table
 * @param dated whether the job uses {@code ${date}}
 * @param contentFingerprint of what decides the rows written; the job without ruleset, gate and
 *     description
 * @param fingerprint of the whole job
 */
public record Job(
    String pipeline,
    String domain,
    JobKind kind,
    String name,
    String description,
    Path file,
    Map<String, Input> inputs,
    Map<String, TableName> references,
    List<Step> steps,
    Optional<String> sql,
    Optional<Classify> classify,
    Output output,
    Optional<Path> ruleset,
    GatePolicy gate,
    Publish publish,
    boolean dated,
    Fingerprint contentFingerprint,
    Fingerprint fingerprint) {
  public Job {
    inputs = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    references = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(references));
    steps = List.copyOf(steps);
  }

  /** Whether runs read only what earlier runs have not, and therefore only add rows. */
  public boolean incremental() {
    return inputs.values().stream().anyMatch(Input::incremental);
  }

  /** What is said of its table to those who look for it, as properties of the table. */
  public Map<String, String> tableFacts() {
    Map<String, String> facts = new java.util.TreeMap<>(publish.properties());
    if (!domain.isEmpty()) {
      facts.put("assay.domain", domain);
    }
    if (gate.firstPublish() == GatePolicy.FirstPublish.REVIEW) {
      facts.put("assay.first-publish", "review");
    }
    return facts;
  }

  /** The same job, classifying otherwise. */
  public Job classifyingAs(Classify other) {
    return new Job(
        pipeline,
        domain,
        kind,
        name,
        description,
        file,
        inputs,
        references,
        steps,
        sql,
        Optional.of(other),
        output,
        ruleset,
        gate,
        publish,
        dated,
        contentFingerprint,
        fingerprint);
  }

  /** The tables that must be there before this job runs. */
  public List<TableName> dependencies() {
    List<TableName> tables = new java.util.ArrayList<>(references.values());
    inputs.values().stream()
        .filter(Input.Table.class::isInstance)
        .map(input -> ((Input.Table) input).table())
        .forEach(tables::add);
    return tables;
  }
}
