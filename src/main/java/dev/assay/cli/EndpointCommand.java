package dev.assay.cli;

import dev.assay.messages.comprehend.Elapsed;
import dev.assay.messages.comprehend.EndpointOwner;
import dev.assay.messages.comprehend.EndpointOwner.Costs;
import dev.assay.messages.comprehend.EndpointOwner.Endpoint;
import dev.assay.messages.comprehend.TimePrices;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.ComprehendSettings;
import dev.assay.reports.TextTable;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Creates, lists and deletes endpoints of Amazon Comprehend. */
@Command(
    name = "endpoint",
    description =
        "Create, list or delete endpoints of Amazon Comprehend, which cost money as long as they are there.",
    mixinStandardHelpOptions = true)
final class EndpointCommand implements Runnable {
  private static final String NAME = "[a-zA-Z0-9](-*[a-zA-Z0-9])*";
  private static final int LONGEST_NAME = 40;
  private static final int MOST_UNITS = 10;

  @Mixin Common common = new Common();

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "create",
      description = {
        "Create an endpoint, and wait until it answers.",
        "The same call again finds it, and waits."
      },
      mixinStandardHelpOptions = true)
  int create(
      @Mixin Common options,
      @Parameters(paramLabel = "NAME", description = "Letters, digits and hyphens, at most 40.")
          String name,
      @Option(
              names = "--classifier",
              paramLabel = "ARN",
              description = "What it serves (default: the profile's classifier).")
          @Nullable String classifier,
      @Option(
              names = "--units",
              paramLabel = "N",
              defaultValue = "1",
              description =
                  "Inference units, 1 to 10: 100 characters and 2 texts a second each (default: 1).")
          int units,
      @Option(names = "--yes", description = "Accept what it costs.") boolean yes) {
    ComprehendSettings settings = MessageClassifiers.comprehend(options.profile());
    check(name, units);
    String served = classifier == null ? classifierOf(settings, options) : classifier;
    String arn =
        EndpointOwner.of(settings)
            .create(name, served, units, yes ? Costs.ACCEPTED : Costs.NOT_ACCEPTED, printed());
    out()
        .println(
            "The profile names it: comprehend: {endpoint: \"%s\", classifier: \"%s\", inference-units: %d}"
                .formatted(arn, served, units));
    out().println("When it is no longer needed: ./assay endpoint delete " + name);
    out().flush();
    return ExitKind.OK.code();
  }

  @Command(
      name = "delete",
      description = "Delete an endpoint that Assay created, and wait until it is gone.",
      mixinStandardHelpOptions = true)
  int delete(
      @Mixin Common options,
      @Parameters(paramLabel = "NAME", description = "Its name or ARN.") String name) {
    boolean deleted =
        EndpointOwner.of(MessageClassifiers.comprehend(options.profile())).delete(name, printed());
    out()
        .println(
            deleted
                ? "%s is gone, and costs nothing from now on.".formatted(name)
                : "There is no endpoint %s; nothing to delete.".formatted(name));
    out().flush();
    return ExitKind.OK.code();
  }

  @Command(
      name = "list",
      description = "The endpoints that Assay created, and what they cost.",
      mixinStandardHelpOptions = true)
  int list(@Mixin Common options) {
    ComprehendSettings settings = MessageClassifiers.comprehend(options.profile());
    List<Endpoint> endpoints = EndpointOwner.of(settings).list();
    if (endpoints.isEmpty()) {
      out().println("There is no endpoint that Assay created.");
    } else {
      out().println(table(endpoints, TimePrices.of(settings), Instant.now()));
    }
    out().flush();
    return ExitKind.OK.code();
  }

  private static String table(List<Endpoint> endpoints, TimePrices prices, Instant now) {
    String rows =
        new TextTable<Endpoint>()
            .left("endpoint", Endpoint::name)
            .left("status", Endpoint::status)
            .right("units", endpoint -> Integer.toString(endpoint.units()))
            .right("for", endpoint -> Elapsed.words(age(endpoint, now)))
            .right(
                "an hour",
                endpoint -> prices.hourOfEndpoint(endpoint.units()).map(prices::money).orElse("?"))
            .right(
                "so far",
                endpoint ->
                    prices
                        .endpointFor(endpoint.units(), age(endpoint, now))
                        .map(prices::money)
                        .orElse("?"))
            .left("classifier", Endpoint::classifier)
            .of(endpoints);
    String total =
        endpoints.stream()
            .map(endpoint -> prices.hourOfEndpoint(endpoint.units()))
            .reduce((one, other) -> one.flatMap(a -> other.map(a::add)))
            .flatMap(sum -> sum)
            .map(sum -> "Together %s an hour.".formatted(prices.money(sum)))
            .orElse(
                "The profile does not say what they cost: add 'comprehend: {prices: {endpoint-second: …}}'.");
    return rows + "\n\n" + total;
  }

  private static Duration age(Endpoint endpoint, Instant now) {
    Duration age = Duration.between(endpoint.created(), now);
    return age.isNegative() ? Duration.ZERO : age;
  }

  private static void check(String name, int units) {
    if (!name.matches(NAME) || name.length() > LONGEST_NAME) {
      throw new AssayException(
          ExitKind.USAGE,
          "'%s' is no name of an endpoint. Expected letters, digits and hyphens between them, at most %d."
              .formatted(name, LONGEST_NAME));
    }
    if (units < 1 || units > MOST_UNITS) {
      throw new AssayException(
          ExitKind.USAGE,
          "--units is %d. Expected 1 to %d inference units.".formatted(units, MOST_UNITS));
    }
  }

  private static String classifierOf(ComprehendSettings settings, Common options) {
    return settings
        .classifier()
        .orElseThrow(
            () ->
                new AssayException(
                    ExitKind.USAGE,
                    "Neither --classifier nor profile %s says what the endpoint is to serve. Name the ARN of a classifier; './assay train' ends with it."
                        .formatted(options.profileName)));
  }

  private Consumer<String> printed() {
    return line -> {
      out().println(line);
      out().flush();
    };
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
