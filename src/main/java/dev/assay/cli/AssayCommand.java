package dev.assay.cli;

import picocli.CommandLine.Command;

/** The command that holds the others. */
@Command(
    name = "assay",
    description = "Tests tables the way an assay office tests metal: scored, gated, explained.",
    mixinStandardHelpOptions = true,
    versionProvider = ProductVersion.class,
    subcommands = {
      DemoCommand.class,
      InitCommand.class,
      RunCommand.class,
      SendCommand.class,
      ValidateCommand.class,
      LintCommand.class,
      TestCommand.class,
      ScoreCommand.class,
      ExplainCommand.class,
      BacktestCommand.class,
      HistoryCommand.class,
      ReportCommand.class,
      HeldCommand.class,
      ApproveCommand.class,
      DiscardCommand.class,
      RequeueCommand.class,
      QueryCommand.class,
      KeysCommand.class,
      RevealCommand.class,
      DoctorCommand.class,
      BenchCommand.class,
      ForgetCommand.class,
      MaintainCommand.class,
      PublishCommand.class,
      CostCommand.class,
      ExportCommand.class,
      ContractCommand.class,
      HealthCommand.class,
      RegisterCommand.class,
      GovernanceCommand.class,
      SubscriptionsCommand.class,
      TrainCommand.class,
      ReclassifyCommand.class,
      ReviewCommand.class,
      EndpointCommand.class,
      EmrCommand.class,
    },
    footer = {
      "",
      "Exit codes: 0 ok · 1 our fault · 2 usage · 3 held, or a threshold is not met ·",
      "4 job, ruleset or profile is wrong · 5 something outside did not answer, run again ·",
      "6 published, deliveries waiting · 7 input data missing or unreadable."
    })
final class AssayCommand {}
