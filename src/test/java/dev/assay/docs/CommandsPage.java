package dev.assay.docs;

import dev.assay.cli.Main;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The commands, from the model by which they are parsed. */
final class CommandsPage {
  private final List<CommandLine> commands;
  private final Set<String> shared;

  private CommandsPage(List<CommandLine> commands) {
    this.commands = commands;
    this.shared = shared(commands);
  }

  static String text() {
    CommandLine root = Main.commandLine();
    root.setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
    return new CommandsPage(below(root)).page();
  }

  /** All commands that can be called, those of commands with commands too. */
  static List<CommandLine> below(CommandLine parent) {
    List<CommandLine> all = new ArrayList<>();
    for (CommandLine command : Map.copyOf(parent.getSubcommands()).values()) {
      if (!command.getCommandSpec().usageMessage().hidden()) {
        all.add(command);
        all.addAll(below(command));
      }
    }
    all.sort((one, other) -> name(one).compareTo(name(other)));
    return all;
  }

  /** Names of options that most commands have; they are told once. */
  private static Set<String> shared(List<CommandLine> commands) {
    Map<String, Long> count =
        commands.stream()
            .flatMap(command -> command.getCommandSpec().options().stream())
            .map(OptionSpec::longestName)
            .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
    return count.entrySet().stream()
        .filter(entry -> entry.getValue() * 2 > commands.size())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private String page() {
    StringBuilder page = new StringBuilder("# Commands\n\n").append(Markdown.MADE);
    page.append("What a code of each command means: [exit codes](exit-codes.md).\n\n");
    page.append(Markdown.head(List.of("command", "")));
    for (CommandLine command : commands) {
      page.append(
          Markdown.row(
              List.of(
                  "[`%s`](#%s)".formatted(name(command), Markdown.anchor("assay " + name(command))),
                  Markdown.cell(description(command.getCommandSpec()).get(0)))));
    }
    page.append("\n## Options of most commands\n\n").append(Markdown.head(List.of("option", "")));
    List<String> told = new ArrayList<>();
    for (CommandLine command : commands) {
      for (OptionSpec option : command.getCommandSpec().options()) {
        if (shared.contains(option.longestName()) && !told.contains(option.longestName())) {
          told.add(option.longestName());
          page.append(row(option));
        }
      }
    }
    commands.forEach(command -> page.append(section(command)));
    return page.toString();
  }

  private String section(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    StringBuilder text = new StringBuilder("\n## assay " + name(command) + "\n\n");
    description(spec).forEach(line -> text.append(Markdown.cell(line)).append("\n"));
    text.append("\n```text\n")
        .append(command.getHelp().synopsis(0).stripTrailing())
        .append("\n```\n");
    List<String> rows = new ArrayList<>();
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      if (!parameter.hidden()) {
        rows.add(row(parameter));
      }
    }
    for (OptionSpec option : spec.options()) {
      if (!option.hidden() && !shared.contains(option.longestName())) {
        rows.add(row(option));
      }
    }
    if (!rows.isEmpty()) {
      text.append("\n").append(Markdown.head(List.of("", "")));
      rows.forEach(text::append);
    }
    Map<String, String> codes = spec.usageMessage().exitCodeList();
    if (!codes.isEmpty()) {
      text.append("\n").append(Markdown.head(List.of("exit code", "")));
      codes.forEach(
          (code, meaning) -> text.append(Markdown.row(List.of(code, Markdown.cell(meaning)))));
    }
    return text.toString();
  }

  private static String row(OptionSpec option) {
    String names = String.join(", ", option.names());
    boolean takes = option.arity().max() > 0;
    String label = takes ? names + " " + option.paramLabel() : names;
    String needed = option.required() ? " Needed." : "";
    return Markdown.row(List.of(Markdown.code(label), Markdown.cell(words(option) + needed)));
  }

  private static String row(PositionalParamSpec parameter) {
    String many = parameter.arity().max() > 1 ? "…" : "";
    String needed = parameter.arity().min() == 0 ? " May be left out." : "";
    return Markdown.row(
        List.of(
            Markdown.code(parameter.paramLabel() + many),
            Markdown.cell(words(parameter) + needed)));
  }

  private static String words(ArgSpec argument) {
    return plain(String.join(" ", argument.description()));
  }

  private static List<String> description(CommandSpec spec) {
    return java.util.Arrays.stream(spec.usageMessage().description())
        .map(CommandsPage::plain)
        .toList();
  }

  /** Without the marks by which picocli tells text from variables. */
  private static String plain(String text) {
    return text.replace("$${", "${").replace("%n", " ").replace("%%", "%");
  }

  private static String name(CommandLine command) {
    return command.getCommandSpec().qualifiedName().replaceFirst("^assay ", "");
  }
}
