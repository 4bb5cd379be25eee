package dev.assay.messages.comprehend;

import dev.assay.cli.TestProject;
import dev.assay.messages.Bill;
import dev.assay.model.job.ComprehendRate;
import dev.assay.model.job.ComprehendSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

/** A process of its own that asks an endpoint, and dies without a word after so many answers. */
final class AskingProcess {
  private AskingProcess() {}

  /**
   * @param arguments address of the stub, folder, number of texts, how they begin, characters and
   *     documents a second, answers in the journal after which it dies, or 0
   */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[1]);
    ComprehendRate rate =
        new ComprehendRate(Double.parseDouble(arguments[4]), Double.parseDouble(arguments[5]));
    ComprehendSettings settings =
        Settings.at(URI.create(arguments[0]), rate, 4, "s3://comprehend-work/assay");
    Path journal = folder.resolve("journal");
    int last = Integer.parseInt(arguments[6]);
    if (last > 0) {
      Thread killer = new Thread(() -> killAfter(journal, last));
      killer.setDaemon(true);
      killer.start();
    }
    ComprehendEndpoint endpoint =
        ComprehendEndpoint.open(
            new TestProject(folder).spark(), settings, Set.of("SPAM"), journal.toString());
    long answers =
        endpoint
            .classify(
                Texts.questions(
                    new TestProject(folder).spark(), Integer.parseInt(arguments[2]), arguments[3]))
            .count();
    Bill spent = endpoint.spent();
    System.out.printf(
        "answers=%d calls=%d throttled=%d%n", answers, spent.documents(), endpoint.throttled());
    System.exit(0);
  }

  private static void killAfter(Path journal, int last) {
    try {
      while (lines(journal) < last) {
        Thread.sleep(10);
      }
    } catch (IOException | InterruptedException e) {
      e.printStackTrace();
    }
    Runtime.getRuntime().halt(137);
  }

  static long lines(Path journal) throws IOException {
    if (!Files.exists(journal)) {
      return 0;
    }
    long lines = 0;
    try (Stream<Path> files = Files.walk(journal)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
        lines += Files.readString(file).lines().count();
      }
    }
    return lines;
  }
}
