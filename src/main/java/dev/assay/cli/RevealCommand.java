package dev.assay.cli;

import dev.assay.keys.KeyRing;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Decrypts for who holds the key. */
@Command(
    name = "reveal",
    description = "Decrypt values (enc1_…) with the profile's keys, one per line.",
    mixinStandardHelpOptions = true)
final class RevealCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Parameters(paramLabel = "CIPHERTEXT", arity = "1..*", description = "Encrypted values.")
  List<String> ciphertexts = new ArrayList<>();

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public Integer call() {
    KeyRing ring = Wiring.keys(common.profile()).load();
    for (String ciphertext : ciphertexts) {
      try {
        spec.commandLine().getOut().println(ring.decrypt(ciphertext));
      } catch (IllegalArgumentException e) {
        throw new AssayException(ExitKind.USAGE, "Nothing to reveal: " + e.getMessage() + ".", e);
      }
    }
    return ExitKind.OK.code();
  }
}
