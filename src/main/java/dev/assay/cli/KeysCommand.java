package dev.assay.cli;

import dev.assay.keys.KeyRing;
import dev.assay.keys.WritableKeyStore;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Makes and rotates the keys of the local key file, plain or encrypted with KMS. */
@Command(
    name = "keys",
    description = "Make or rotate the keys that protect personal data.",
    mixinStandardHelpOptions = true)
final class KeysCommand implements Runnable {
  @Mixin Common common = new Common();

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(name = "create", description = "Make the key file.", mixinStandardHelpOptions = true)
  int create(@Mixin Common options) {
    WritableKeyStore file = file(options);
    if (file.exists()) {
      throw new AssayException(
          ExitKind.USAGE,
          "%s: there are keys already. 'assay keys rotate' adds new ones and keeps the old."
              .formatted(path(options)));
    }
    file.save(KeyRing.create());
    spec.commandLine()
        .getOut()
        .println(
            "%s: made. Keep a copy where only the right people reach it: without it nothing can be revealed."
                .formatted(path(options)));
    return ExitKind.OK.code();
  }

  @Command(
      name = "rotate",
      description = "Add new keys; old ones still reveal. New tokens differ from old ones.",
      mixinStandardHelpOptions = true)
  int rotate(@Mixin Common options) {
    WritableKeyStore file = file(options);
    file.save(file.load().rotated());
    spec.commandLine()
        .getOut()
        .println(
            "%s: rotated. Tokens made from now on do not join with older ones; run the jobs again with --force to renew those."
                .formatted(path(options)));
    return ExitKind.OK.code();
  }

  private static WritableKeyStore file(Common options) {
    return Wiring.keyFile(options.profile())
        .orElseThrow(
            () ->
                new AssayException(
                    ExitKind.WRONG_FILES,
                    "Profile %s names no key file.".formatted(options.profileName)));
  }

  private static Path path(Common options) {
    return options.profile().keyFile().orElseThrow();
  }
}
