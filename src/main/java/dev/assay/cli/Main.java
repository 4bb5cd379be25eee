package dev.assay.cli;

import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine;

/** The entry point: {@code assay COMMAND …}. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    if (Arrays.asList(arguments).contains("--verbose")) {
      // before the first logger is made
      System.setProperty("assay.console.level", "INFO");
    }
    // numbers and dates read the same on every machine
    Locale.setDefault(Locale.ROOT);
    int code = commandLine().execute(arguments);
    System.exit(code);
  }

  /** The commands, ready to be executed. */
  public static CommandLine commandLine() {
    CommandLine commands = new CommandLine(new AssayCommand());
    commands.setCaseInsensitiveEnumValuesAllowed(true);
    commands.setExecutionExceptionHandler(new FailureHandler());
    commands.setParameterExceptionHandler(new UsageHandler());
    return commands;
  }
}
