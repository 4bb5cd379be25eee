package dev.assay.cli;

import dev.assay.keys.WritableKeyStore;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Looks at the environment. */
@Command(
    name = "doctor",
    description = "Check this machine and the profile, and say how to mend what is wrong.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  private static final long ENOUGH_MEMORY = 1L << 30;
  private static final long ENOUGH_DISK = 2L << 30;

  @Mixin Common common = new Common();

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  private final List<Check> checks = new ArrayList<>();

  private record Check(boolean good, String what, String remedy) {}

  @Override
  public Integer call() {
    check(
        Runtime.version().feature() == 17,
        "Java " + Runtime.version(),
        "Assay runs on Java 17: point JAVA_HOME at a JDK 17.");
    check(
        Runtime.getRuntime().maxMemory() >= ENOUGH_MEMORY,
        "%,d MB of memory for the JVM".formatted(Runtime.getRuntime().maxMemory() >> 20),
        "Spark wants 1 GB at least: set JAVA_TOOL_OPTIONS=-Xmx2g.");
    home();
    profile();
    PrintWriter out = spec.commandLine().getOut();
    for (Check check : checks) {
      out.println("%s %s".formatted(check.good ? "✓" : "✗", check.what));
      if (!check.good) {
        out.println("  " + check.remedy);
      }
    }
    boolean healthy = checks.stream().allMatch(Check::good);
    return healthy ? ExitKind.OK.code() : ExitKind.OUTSIDE_UNAVAILABLE.code();
  }

  private void home() {
    Path home = common.home.toAbsolutePath();
    try {
      Files.createDirectories(home);
      Path probe = Files.createTempFile(home, "doctor", ".tmp");
      Files.delete(probe);
      check(true, "home " + home + " can be written", "");
      long free = Files.getFileStore(home).getUsableSpace();
      check(
          free >= ENOUGH_DISK,
          "%,d MB free there".formatted(free >> 20),
          "Make room, or put the home elsewhere with --home.");
    } catch (IOException e) {
      check(
          false,
          "home %s cannot be written".formatted(home),
          "Choose another folder with --home or ASSAY_HOME.");
    }
  }

  private void profile() {
    try {
      common.profile();
      check(true, "profile " + common.profileName, "");
      int runs = common.ledger().runs().size();
      check(
          true,
          "catalog %s answers; the ledger knows %d run(s)"
              .formatted(common.profile().catalog(), runs),
          "");
    } catch (AssayException e) {
      check(false, "profile or catalog " + common.profileName, e.getMessage());
      return;
    } catch (RuntimeException e) {
      check(
          false,
          "catalog %s does not answer (%s)"
              .formatted(common.profile().catalog(), e.getClass().getSimpleName()),
          "Check the profile's catalog properties, the network and the credentials.");
      return;
    }
    Wiring.keyFile(common.profile()).ifPresent(this::keys);
  }

  private void keys(WritableKeyStore file) {
    Path path = common.profile().keyFile().orElseThrow();
    if (!file.exists()) {
      check(true, "no key file; jobs that protect columns need one ('assay keys create')", "");
      return;
    }
    try {
      file.load();
      check(true, "key file " + path, "");
    } catch (AssayException e) {
      check(false, "key file " + path, e.getMessage());
    }
  }

  private void check(boolean good, String what, String remedy) {
    checks.add(new Check(good, what, remedy));
  }
}
