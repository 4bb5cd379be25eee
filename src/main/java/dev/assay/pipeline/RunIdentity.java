package dev.assay.pipeline;

import dev.assay.model.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What tells runs apart.
 *
 * @param identity equal identity, nothing to do
 * @param content the part of it that decides the rows
 * @param read all that decides what is written, one text each: files, snapshots, models
 */
record RunIdentity(Fingerprint identity, Fingerprint content, List<String> read) {
  RunIdentity {
    read = List.copyOf(read);
  }

  static RunIdentity of(Assignment assignment, FoundInputs inputs) {
    List<String> read = new ArrayList<>(inputs.identities(assignment.job(), assignment.names()));
    read.addAll(ClassifyJob.identities(assignment.lane(), assignment.job()));
    Fingerprint content =
        Fingerprint.of(
            assignment.job().contentFingerprint().hex(),
            assignment.date().map(Object::toString).orElse(""),
            String.join("\n", read));
    Fingerprint identity =
        Fingerprint.of(
            content.hex(),
            assignment.job().fingerprint().hex(),
            assignment.ruleset().fingerprint().hex(),
            new TreeMap<>(inputs.references()).toString());
    return new RunIdentity(identity, content, read);
  }
}
