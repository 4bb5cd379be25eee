package dev.assay.cli;

import dev.assay.model.AssayException;
import dev.assay.pipeline.Failures;
import dev.assay.pipeline.SafeTrace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns a failure into one message on standard error and the exit code of its kind. */
final class FailureHandler implements IExecutionExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(FailureHandler.class);

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult parseResult) {
    return handle(failure, command);
  }

  /** Says what went wrong, and what its exit code is. */
  int handle(Exception failure, CommandLine command) {
    AssayException known = Failures.explain(failure);
    LOG.error("{} failed: {}", command.getCommandName(), SafeTrace.of(failure));
    command.getErr().println(known.getMessage());
    return known.kind().code();
  }
}
