package dev.assay.cli;

import dev.assay.model.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;

/** How much {@code --verify} reads again. */
enum VerifyOption {
  SAMPLE,
  ALL;

  private static List<String> words() {
    return Arrays.stream(values()).map(value -> value.name().toLowerCase(Locale.ROOT)).toList();
  }

  /** For {@code --verify=all}. */
  static final class Reader implements ITypeConverter<VerifyOption> {
    @Override
    public VerifyOption convert(String text) {
      int index = words().indexOf(text);
      if (index < 0) {
        throw new TypeConversionException(
            "'%s' is not how much to verify. %s"
                .formatted(text, Nearest.suggestion(text, words())));
      }
      return values()[index];
    }
  }

  /** The word may be left out, and what follows is then an argument of its own. */
  static final class Consumer implements IParameterConsumer {
    @Override
    public void consumeParameters(
        @Nullable Stack<String> arguments,
        @Nullable ArgSpec option,
        @Nullable CommandSpec command) {
      if (arguments == null || option == null) {
        return;
      }
      boolean named = !arguments.isEmpty() && words().contains(arguments.peek());
      option.setValue(named ? new Reader().convert(arguments.pop()) : SAMPLE);
    }
  }
}
