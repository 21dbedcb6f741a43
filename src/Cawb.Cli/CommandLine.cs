using System.CommandLine;
using Cawb.Cli.Commands;

namespace Cawb.Cli;

/// <summary>All commands.</summary>
internal static class CommandLine
{
    public static RootCommand Create() => new("Learning-rate schedules with warm boots, and a YOLOv5 trainer that shows what a schedule does.")
    {
        DemoCommand.Create(),
        TrainCommand.Create(),
        DataCommand.Create(),
        PlotCommand.Create(),
        TableCommand.Create(),
        LintCommand.Create(),
        ExplainCommand.Create(),
        DiffCommand.Create(),
        ConvertCommand.Create(),
        CocoEvalCommand.Create(),
    };

    /// <summary>The names that lead to a command, each followed by a space; empty for the root.</summary>
    public static IEnumerable<string> PathOf(Command command)
    {
        var names = new List<string>();
        for (Command? at = command; at is not null and not RootCommand; at = at.Parents.OfType<Command>().FirstOrDefault())
        {
            names.Insert(0, at.Name);
        }

        return names.Count == 0 ? names : [.. names, ""];
    }
}
