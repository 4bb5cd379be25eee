package dev.assay.cli;

import dev.assay.messages.Bill;
import dev.assay.model.TableName;
import dev.assay.pipeline.JobResult;
import dev.assay.pipeline.RunListener;
import java.io.PrintWriter;

/** One line that follows the run, on a terminal; silent anywhere else. */
final class ConsoleProgress implements RunListener {
  private static final String CLEAR = "\r\u001b[K";

  private final PrintWriter out;
  private final boolean terminal;

  ConsoleProgress(PrintWriter out) {
    this.out = out;
    this.terminal = System.console() != null && System.getenv("NO_COLOR") == null;
  }

  void say(String what) {
    if (terminal) {
      out.print(CLEAR + "  " + what + " …");
      out.flush();
    }
  }

  void clear() {
    if (terminal) {
      out.print(CLEAR);
      out.flush();
    }
  }

  @Override
  public void started(TableName table) {
    say(table + ": " + Point.INPUT_FOUND.doing());
  }

  @Override
  public void reached(TableName table, Point point) {
    int next = point.ordinal() + 1;
    if (next < Point.values().length) {
      say(table + ": " + Point.values()[next].doing());
    }
  }

  @Override
  public void estimated(TableName table, Bill bill) {
    if (bill.charged()) {
      clear();
      out.println(table + ": " + bill.inWords());
      out.flush();
    }
  }

  @Override
  public void ended(JobResult result) {
    clear();
  }
}
