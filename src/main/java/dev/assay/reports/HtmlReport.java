package dev.assay.reports;

import dev.assay.model.RunRecord;
import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Reports as one HTML file that needs no network: styles and the chart script are inside. */
public final class HtmlReport {
  private static final String CHART_SCRIPT =
      "/META-INF/resources/webjars/chart.js/4.4.9/dist/chart.umd.js";

  /** Something beside the report. */
  public record Link(String label, String href) {}

  private HtmlReport() {}

  /**
   * The file's text.
   *
   * @param title shown on top, for example the pipeline
   * @param reports one per table, in the order of the pipeline
   * @param announced what was told of a run, and where that lies
   * @param at when the report was made
   */
  public static String of(
      String title,
      List<TableReport> reports,
      Function<RunRecord, List<Link>> announced,
      Instant at) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("title", title);
    model.put("at", at.truncatedTo(ChronoUnit.SECONDS).toString());
    model.put(
        "tables",
        reports.stream()
            .map(report -> new ReportView(report, announced.apply(report.run())).model())
            .toList());
    model.put("lineage", LineagePicture.of(reports));
    model.put("script", script());
    StringWriter html = new StringWriter();
    try {
      configuration().getTemplate("report.ftlh").process(model, html);
    } catch (IOException | TemplateException e) {
      throw new IllegalStateException("the report's template has an error", e);
    }
    return html.toString();
  }

  private static Configuration configuration() {
    Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
    configuration.setClassLoaderForTemplateLoading(HtmlReport.class.getClassLoader(), "reports");
    configuration.setDefaultEncoding("UTF-8");
    configuration.setLocale(Locale.ROOT);
    configuration.setNumberFormat("computer");
    configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
    configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    configuration.setLogTemplateExceptions(false);
    return configuration;
  }

  private static String script() {
    try (InputStream stream = HtmlReport.class.getResourceAsStream(CHART_SCRIPT)) {
      if (stream == null) {
        throw new IllegalStateException("the chart script is not on the class path");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the chart script", e);
    }
  }
}
