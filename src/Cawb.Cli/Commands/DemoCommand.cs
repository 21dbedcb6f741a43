using System.CommandLine;
using Cawb.Cli.Comparison;
using Cawb.Training.Comparison.Plans;

namespace Cawb.Cli.Commands;

/// <summary><c>cawb demo</c>: the main job in minutes, which is <c>cawb compare plans/demo.json</c>.</summary>
internal static class DemoCommand
{
    private static readonly string PlanPath = Path.Combine("plans", "demo.json");

    private static readonly Option<string> Out = new("--out") { Description = "Where the runs and the report go; what is done there is not done again.", DefaultValueFactory = _ => Path.Combine("runs", "demo") };

    public static Command Create()
    {
        var flags = new PlanFlags();
        var command = new Command(
            "demo",
            """
            Makes the digits, trains YOLOv5n on them under cosine and under CAWB, and compares the two. Five to ten minutes on two cores.

            It is cawb compare plans/demo.json: the same seed and budget for both, and the same command goes on after an interruption.

            Examples:
              cawb demo
              cawb demo --seeds 3
            """);
        flags.AddTo(command);
        command.Options.Add(Out);
        command.SetAction(result => CompareCommand.Execute(
            flags.Change(ComparisonPlan.Read(ProgramHome.Find(PlanPath)), result), result.GetRequiredValue(Out), jobs: null, result));
        return command;
    }
}
