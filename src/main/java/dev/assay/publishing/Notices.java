package dev.assay.publishing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What people are told of a table, quietly: at most one notice per run, and none that says what the
 * one before it said. A notice is an event in EventBridge's envelope, with the fields that Glue
 * Data Quality's events have, under the names that are really sent ({@code resultId}, {@code
 * numRulesSucceeded}, ...), and ours beside them.
 */
public final class Notices {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SHORT = 8;
  private static final int LONG = 32;

  private final History history;
  private final BigDecimal drop;

  /**
   * @param drop points that a score may fall from one published run to the next without a notice
   */
  public Notices(History history, BigDecimal drop) {
    this.history = history;
    this.drop = drop;
  }

  /** What happened, as filter policies name it. */
  private enum Event {
    HELD("held"),
    SCORE_DROPPED("score_dropped"),
    CONTRACT_BROKEN("contract_broken"),
    RESTRICTED_MESSAGES("restricted_messages"),
    DELIVERY_PARKED("delivery_parked");

    private final String text;

    Event(String text) {
      this.text = text;
    }
  }

  /** Something of a run, and what of it must change before it is told again. */
  private record Finding(Event event, String sentence, String state) {}

  /**
   * The notices about a table.
   *
   * @param runs its runs by the time of their state
   */
  List<Announcement> of(List<RunRecord> runs) {
    List<Announcement> notices = new ArrayList<>();
    List<String> told = List.of();
    for (RunRecord run : runs) {
      if (run.state() != RunState.HELD && run.state() != RunState.PUBLISHED) {
        continue;
      }
      List<Finding> findings = findings(run, publishedBefore(run, runs));
      List<String> states = findings.stream().map(Finding::state).toList();
      if (!findings.isEmpty() && !states.equals(told)) {
        notices.add(
            Announcement.of(
                run.state() == RunState.HELD ? Announcement.Kind.HELD : Announcement.Kind.NOTICE,
                run));
      }
      told = states;
    }
    return notices;
  }

  private List<Finding> findings(RunRecord run, Optional<RunRecord> before) {
    if (run.state() == RunState.HELD) {
      return List.of(
          new Finding(
              Event.HELD,
              "The gate holds it: " + String.join("; ", run.gateReasons()),
              "held " + run.gateReasons()));
    }
    List<Finding> findings = new ArrayList<>();
    before.flatMap(earlier -> dropped(run, earlier)).ifPresent(findings::add);
    history
        .brokenContracts(run)
        .forEach(
            term ->
                findings.add(
                    new Finding(
                        Event.CONTRACT_BROKEN, "Breaks the contract " + term, "contract " + term)));
    long restricted = history.restricted(run);
    if (restricted > 0) {
      findings.add(
          new Finding(
              Event.RESTRICTED_MESSAGES,
              "%d messages are restricted".formatted(restricted),
              "restricted " + restricted));
    }
    return findings;
  }

  private Optional<Finding> dropped(RunRecord run, RunRecord before) {
    Optional<BigDecimal> now = run.score().value();
    Optional<BigDecimal> then = before.score().value();
    if (now.isEmpty() || then.isEmpty() || then.get().subtract(now.get()).compareTo(drop) <= 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            Event.SCORE_DROPPED,
            "The score fell from %s to %s".formatted(plain(then.get()), plain(now.get())),
            "dropped to " + plain(now.get())));
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  private static Optional<RunRecord> publishedBefore(RunRecord run, List<RunRecord> runs) {
    return runs.stream()
        .filter(other -> other.state() == RunState.PUBLISHED)
        .filter(other -> other.stateAt().isBefore(run.stateAt()))
        .reduce((one, later) -> later);
  }

  /** The event of a run that has one. */
  String json(RunRecord run) {
    List<Finding> findings = findings(run, publishedBefore(run, sorted(run)));
    ObjectNode root = envelope(run, run.runId(), run.stateAt(), findings);
    ObjectNode detail = (ObjectNode) root.path("detail");
    contracts(run, detail);
    commands(run, detail.putArray("commands"));
    return write(root);
  }

  /** The event of something that a destination refuses. */
  String json(RunRecord run, Delivery refused) {
    Finding finding =
        new Finding(
            Event.DELIVERY_PARKED,
            "%s refuses the %s of this run: %s"
                .formatted(refused.destination(), refused.kind().text(), refused.reason()),
            "");
    ObjectNode root =
        envelope(run, refused.key().substring(0, LONG), refused.at(), List.of(finding));
    ObjectNode detail = (ObjectNode) root.path("detail");
    detail.put("destination", refused.destination());
    detail
        .putArray("commands")
        .add("assay publish")
        .add("assay publish --retry " + refused.key().substring(0, SHORT));
    return write(root);
  }

  private ObjectNode envelope(RunRecord run, String id, Instant at, List<Finding> findings) {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", "0");
    root.put("id", id);
    root.put("detail-type", "Data Quality Evaluation Results Available");
    root.put("source", "dev.assay");
    root.put("time", at.toString());
    root.putArray("resources").add(run.table().toString());
    ObjectNode detail = root.putObject("detail");
    glue(run, detail);
    detail.put("engine", "assay");
    ArrayNode events = detail.putArray("events");
    findings.stream().map(finding -> finding.event().text).distinct().forEach(events::add);
    run.score().value().ifPresent(score -> detail.put("passingPercentage", score));
    detail.put("coverage", run.score().coverage());
    detail.put("dataDate", run.dataDate().toString());
    ArrayNode says = detail.putArray("messages");
    findings.forEach(finding -> says.add(finding.sentence()));
    return root;
  }

  /** By name, as filter policies can ask for them. */
  private void contracts(RunRecord run, ObjectNode detail) {
    List<String> broken = run.state() == RunState.HELD ? List.of() : history.brokenContracts(run);
    if (!broken.isEmpty()) {
      ArrayNode names = detail.putArray("contracts");
      broken.stream()
          .map(term -> term.substring(0, term.indexOf(':')))
          .distinct()
          .forEach(names::add);
    }
  }

  private static String write(ObjectNode root) {
    try {
      return JSON.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write JSON", e);
    }
  }

  private List<RunRecord> sorted(RunRecord run) {
    return history.runs().stream()
        .filter(other -> other.table().equals(run.table()))
        .sorted(java.util.Comparator.comparing(RunRecord::stateAt))
        .toList();
  }

  private static void glue(RunRecord run, ObjectNode detail) {
    detail.put("resultId", run.runId());
    ObjectNode context = detail.putObject("context");
    context.put("contextType", "ASSAY_JOB");
    context.put("runId", run.runId());
    context.put("jobName", run.pipeline() + "/" + run.job());
    context.put("databaseName", run.table().layer());
    context.put("tableName", run.table().name());
    detail.putArray("rulesetNames").add(run.pipeline() + "/" + run.job());
    detail.put(
        "state", run.state() == RunState.HELD || run.score().failed() > 0 ? "FAILED" : "SUCCEEDED");
    run.score().value().ifPresent(score -> detail.put("score", score.movePointLeft(2)));
    detail.put("numRulesSucceeded", run.score().passed());
    detail.put("numRulesFailed", run.score().failed());
    detail.put("numRulesSkipped", run.score().unanswered());
  }

  private static void commands(RunRecord run, ArrayNode next) {
    String id = run.runId().substring(0, Math.min(SHORT, run.runId().length()));
    if (run.state() == RunState.HELD) {
      next.add("assay held");
      if (run.isStaged()) {
        next.add("assay approve %s --reason \"...\"".formatted(id));
      }
      next.add("assay discard %s --reason \"...\"".formatted(id));
    } else {
      next.add("assay report " + id);
    }
  }
}
