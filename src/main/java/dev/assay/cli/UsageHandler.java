package dev.assay.cli;

import dev.assay.model.ExitKind;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** A wrong call: what is wrong, what was probably meant, and where the help is. */
final class UsageHandler implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(message(failure));
    UnmatchedArgumentException.printSuggestions(failure, err);
    err.println("Try '%s --help'.".formatted(command.getCommandSpec().qualifiedName()));
    return ExitKind.USAGE.code();
  }

  /** Without the name of Java's exception, which tells a user nothing. */
  private static String message(ParameterException failure) {
    String message = String.valueOf(failure.getMessage());
    return message
        .replaceFirst(
            " to class java\\.time\\.LocalDate .*", "; expected a date such as 2026-11-18")
        .replaceFirst(" \\((java|picocli)\\.[^)]*\\)$", "")
        .replace("option option", "option");
  }
}
