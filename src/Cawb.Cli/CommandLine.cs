using System.CommandLine;
using System.CommandLine.Help;
using Cawb.Cli.Commands;

namespace Cawb.Cli;

/// <summary>All commands.</summary>
internal static class CommandLine
{
    public static Command Create()
    {
        var root = new Command(
            "cawb",
            """
            Learning-rate schedules with warm boots, and a YOLOv5 trainer that shows what a schedule does.

            Examples:
              cawb demo
              cawb plot --schedule cawb --steps 30 80 --step-scale 0.7 --epoch-scale 4 --warmup-epoch 3 --epochs 150
              cawb train --data data/digits --image-size 96 --epochs 20 --hyp hyp/digits.json --schedule cosine --warmup-epoch 3
            """)
        {
            DemoCommand.Create(),
            TrainCommand.Create(),
            CompareCommand.Create(),
            DataCommand.Create(),
            CocoEvalCommand.Create(),
            PlotCommand.Create(),
            TableCommand.Create(),
            LintCommand.Create(),
            ExplainCommand.Create(),
            DiffCommand.Create(),
            ConvertCommand.Create(),
        };
        root.Options.Add(new HelpOption { Action = new HelpWithExamples(root), Recursive = true });
        root.Options.Add(new VersionOption());
        return root;
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
}
