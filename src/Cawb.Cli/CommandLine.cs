using System.CommandLine;
using System.CommandLine.Help;
using Cawb.Cli.Commands;

namespace Cawb.Cli;

/// <summary>The commands, and how what was typed is read.</summary>
internal static class CommandLine
{
    // In the order of the help. A new command is one line here.
    private static readonly (string Name, Func<Command> Create)[] Commands =
    [
        ("demo", DemoCommand.Create),
        ("train", TrainCommand.Create),
        ("compare", CompareCommand.Create),
        ("runs", RunsCommand.Create),
        ("report", ReportCommand.Create),
        ("serve", ServeCommand.Create),
        ("find-lr", FindLearningRateCommand.Create),
        ("data", DataCommand.Create),
        ("detect", DetectCommand.Create),
        ("val", ValCommand.Create),
        ("info", InfoCommand.Create),
        ("export", ExportCommand.Create),
        ("coco-eval", CocoEvalCommand.Create),
        ("plot", PlotCommand.Create),
        ("table", TableCommand.Create),
        ("schedules", SchedulesCommand.Create),
        ("lint", LintCommand.Create),
        ("audit", AuditCommand.Create),
        ("explain", ExplainCommand.Create),
        ("diff", DiffCommand.Create),
        ("convert", ConvertCommand.Create),
        ("completion", CompletionCommand.Create),
        ("help", HelpCommand.Create),
    ];

    /// <summary>Of the commands, in the order of the help.</summary>
    public static IEnumerable<string> Names => Commands.Select(command => command.Name);

    /// <summary>The program with all commands.</summary>
    public static Command Create() => Create(Commands.Select(command => command.Create()));

    /// <summary>What was typed, read. Of the commands only the one that its first word names is made: making all of them takes longer than many of them run.</summary>
    public static ParseResult Parse(string[] words)
    {
        var named = words.Length == 0 ? default : Array.Find(Commands, command => command.Name == words[0]);
        return (named.Create is null ? Create() : Create([named.Create()])).Parse(words);
    }

    /// <summary>The names that lead to a command, each followed by a space; empty for the root.</summary>
    public static IEnumerable<string> PathOf(Command command)
    {
        var names = new List<string>();
        for (var at = command; at.Parents.OfType<Command>().FirstOrDefault() is { } above; at = above)
        {
            names.Insert(0, at.Name);
        }

        return names.Count == 0 ? names : [.. names, ""];
    }

    private static Command Create(IEnumerable<Command> commands)
    {
        var root = new Command(
            "cawb",
            """
            Learning-rate schedules with warm boots, and a YOLOv5 trainer that shows what a schedule does.

            Examples:
              cawb demo
              cawb plot --schedule cawb --steps 30 80 --step-scale 0.7 --epoch-scale 4 --warmup-epochs 3 --epochs 150
              cawb train --data data/digits --image-size 96 --epochs 20 --hyp hyp/digits.json --schedule cosine --warmup-epochs 3
            """);
        foreach (var command in commands)
        {
            root.Subcommands.Add(command);
        }

        root.Options.Add(new HelpOption { Action = new HelpWithExamples(root), Recursive = true });
        root.Options.Add(new VersionOption());
        return root;
    }
}
