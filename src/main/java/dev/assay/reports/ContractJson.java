package dev.assay.reports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.contracts.ContractCheck;
import dev.assay.model.RunRecord;
import java.util.List;

/** Contracts and what became of them, as one JSON list; scores with the digits of the ledger. */
public final class ContractJson {
  private static final ObjectMapper JSON =
      new ObjectMapper().setNodeFactory(JsonNodeFactory.withExactBigDecimals(true));

  private ContractJson() {}

  public static String of(List<ContractCheck> checks) {
    ArrayNode list = JSON.createArrayNode();
    checks.forEach(check -> describe(check, list.addObject()));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(list);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values is always JSON", e);
    }
  }

  private static void describe(ContractCheck check, ObjectNode node) {
    node.put("contract", check.contract().name());
    node.put("consumer", check.contract().consumer());
    check.contract().contact().ifPresent(contact -> node.put("contact", contact));
    node.put("table_name", check.contract().table().toString());
    check.contract().accessPackage().ifPresent(name -> node.put("package", name));
    node.put("met", check.met());
    check.run().ifPresent(run -> describe(run, node));
    check
        .rows()
        .ifPresent(
            rows -> {
              node.put("rows_data_date", rows.dataDate().toString());
              node.put("rows_published_at", rows.stateAt().toString());
            });
    check
        .held()
        .ifPresent(
            held ->
                node.putObject("held")
                    .put("run_id", held.runId())
                    .put("data_date", held.dataDate().toString()));
    ArrayNode broken = node.putArray("broken");
    check
        .broken()
        .forEach(
            term ->
                broken
                    .addObject()
                    .put("term", term.kind().text())
                    .put("required", term.required())
                    .put("found", term.found()));
  }

  private static void describe(RunRecord run, ObjectNode node) {
    node.put("run_id", run.runId());
    node.put("data_date", run.dataDate().toString());
    node.put("snapshot_id", run.snapshot());
    run.score().value().ifPresent(score -> node.put("score", score));
    node.put("coverage", run.score().coverage());
  }
}
