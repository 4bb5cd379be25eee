package dev.assay.suggest;

import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Locale;
import java.util.Map;

/** The templates in a folder of resources. */
final class Templates {
  private final Configuration configuration;

  private Templates(String folder, int interpolation) {
    configuration = new Configuration(Configuration.VERSION_2_3_34);
    configuration.setClassLoaderForTemplateLoading(Templates.class.getClassLoader(), folder);
    configuration.setDefaultEncoding("UTF-8");
    configuration.setLocale(Locale.ROOT);
    configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    configuration.setLogTemplateExceptions(false);
    configuration.setInterpolationSyntax(interpolation);
  }

  /** Templates in which <code>${name}</code> stands for a value. */
  static Templates of(String folder) {
    return new Templates(folder, Configuration.DOLLAR_INTERPOLATION_SYNTAX);
  }

  /**
   * Templates in which {@code [=name]} stands for a value, of files that say <code>${name}</code>
   * themselves.
   */
  static Templates withBrackets(String folder) {
    return new Templates(folder, Configuration.SQUARE_BRACKET_INTERPOLATION_SYNTAX);
  }

  String text(String template, Map<String, Object> model) {
    try {
      StringWriter text = new StringWriter();
      configuration.getTemplate(template).process(model, text);
      return text.toString();
    } catch (IOException | TemplateException e) {
      throw new IllegalStateException("template " + template + " has an error", e);
    }
  }
}
