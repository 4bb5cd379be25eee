package dev.assay.cli;

import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine;

/** The entry point: {@code assay COMMAND …}. */
public final class Main {
  /** Set by Spark in a driver that runs in a container of YARN. */
  private static final String YARN_DRIVER = "spark.yarn.app.id";

  private Main() {}

  public static void main(String[] arguments) {
    if (Arrays.asList(arguments).contains("--verbose")) {
      // before the first logger is made
      System.setProperty("assay.console.level", "INFO");
    }
    // numbers and dates read the same on every machine
    Locale.setDefault(Locale.ROOT);
    int code = commandLine().execute(arguments);
    // YARN calls a driver that ends its JVM before main has returned a failed one, whatever its
    // code
    if (code != 0 || System.getProperty(YARN_DRIVER) == null) {
      System.exit(code);
    }
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
