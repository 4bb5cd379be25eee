package dev.assay.jobs;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.Position;
import java.util.Set;
import java.util.stream.Collectors;

/** A value cannot be checked, because a variable in it is given only when the file is used. */
public final class GivenLaterException extends AssayException {
  private static final long serialVersionUID = 1L;

  GivenLaterException(String file, Position position, String key, Set<String> variables) {
    super(
        ExitKind.WRONG_FILES,
        "%s:%d:%d: whether '%s' can be used as written is not known before %s has a value, so the file was checked only up to here. Give it here as for a run: %s."
            .formatted(
                file,
                position.line(),
                position.column(),
                key,
                variables.stream().map("${%s}"::formatted).collect(Collectors.joining(" and ")),
                variables.stream()
                    .map("--var %s=VALUE"::formatted)
                    .collect(Collectors.joining(" "))));
  }
}
