package dev.assay.reports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.Spending;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What was spent, added up. */
public final class CostText {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What spending is added up by. */
  public enum By {
    DOMAIN(spending -> spending.domain().isEmpty() ? "(no domain)" : spending.domain()),
    PIPELINE(Spending::pipeline),
    JOB(spending -> spending.pipeline() + "/" + spending.job()),
    TABLE(spending -> spending.table().toString()),
    SERVICE(spending -> spending.purpose() + " by " + spending.service()),
    MONTH(spending -> YearMonth.from(spending.at().atOffset(ZoneOffset.UTC)).toString());

    private final Function<Spending, String> name;

    By(Function<Spending, String> name) {
      this.name = name;
    }
  }

  private final List<Spending> spendings;
  private final By by;
  private final LocalDate from;

  /**
   * @param from the day from which on these are all
   */
  public CostText(List<Spending> spendings, By by, LocalDate from) {
    this.spendings = List.copyOf(spendings);
    this.by = by;
    this.from = from;
  }

  private record Line(
      String name, String currency, BigDecimal amount, long runs, Map<String, Long> quantities) {}

  private List<Line> lines() {
    return spendings.stream()
        .collect(
            Collectors.groupingBy(
                spending -> List.of(by.name.apply(spending), spending.currency())))
        .entrySet()
        .stream()
        .map(
            group -> {
              Map<String, Long> quantities = new TreeMap<>();
              group
                  .getValue()
                  .forEach(
                      one -> one.quantities().forEach((k, v) -> quantities.merge(k, v, Long::sum)));
              return new Line(
                  group.getKey().get(0),
                  group.getKey().get(1),
                  group.getValue().stream()
                      .map(Spending::amount)
                      .reduce(BigDecimal.ZERO, BigDecimal::add),
                  group.getValue().stream().map(Spending::runId).distinct().count(),
                  quantities);
            })
        .sorted(Comparator.comparing(Line::amount).reversed().thenComparing(Line::name))
        .toList();
  }

  /** For the terminal. */
  public String text() {
    if (spendings.isEmpty()) {
      return "Since %s no run has paid a service.".formatted(from);
    }
    String table =
        new TextTable<Line>()
            .left(by.name().toLowerCase(java.util.Locale.ROOT), Line::name)
            .right("amount", line -> money(line.amount()))
            .left("currency", Line::currency)
            .right("runs", line -> Numbers.count(line.runs()))
            .left("for", line -> quantities(line.quantities()))
            .of(lines());
    return "%s%nSince %s, by the prices of the profiles that the runs had.".formatted(table, from);
  }

  /** The same as JSON. */
  public String json() {
    ArrayNode list = JSON.createArrayNode();
    for (Line line : lines()) {
      ObjectNode node =
          list.addObject()
              .put(by.name().toLowerCase(java.util.Locale.ROOT), line.name())
              .put("amount", line.amount())
              .put("currency", line.currency())
              .put("runs", line.runs());
      ObjectNode quantities = node.putObject("quantities");
      line.quantities().forEach(quantities::put);
    }
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(list);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write JSON", e);
    }
  }

  private static String money(BigDecimal amount) {
    return amount.setScale(2, RoundingMode.HALF_UP).toPlainString();
  }

  private static String quantities(Map<String, Long> quantities) {
    return quantities.entrySet().stream()
        .map(entry -> Numbers.count(entry.getValue()) + " " + entry.getKey())
        .collect(Collectors.joining(", "));
  }
}
