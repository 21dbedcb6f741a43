using System.CommandLine;
using Cawb.Code;
using Cawb.Training;
using Cawb.Training.Views;

namespace Cawb.Cli;

/// <summary><c>--to</c>: a schedule as code instead of JSON.</summary>
internal sealed class ScheduleCodeOption
{
    private const string Json = "json";

    private readonly Option<string> to = new Option<string>("--to")
    {
        Description = "What to write: json, csharp (with our types), torchsharp (what a TorchSharp optimizer follows), or python (a function of the step, standard library only). --epochs, --batches and --base-lrs are filled in where typed; Python's steps are batches with --batches, otherwise it takes epochs.",
        DefaultValueFactory = _ => Json,
    }.AcceptOnlyFromAmong(Json, "csharp", "torchsharp", "python");

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Options.Add(to);

    /// <summary>Whether code was asked for.</summary>
    public bool IsCode(ParseResult result) => result.GetValue(to) != Json;

    /// <summary>Writes a schedule as code.</summary>
    /// <param name="result">What was typed.</param>
    /// <param name="schedule">On the clock of the run.</param>
    /// <param name="unit">What 1.0 of that clock is: <see cref="ScheduleView.Epoch"/> or <see cref="ScheduleView.Step"/>.</param>
    /// <param name="rates">The base rates that were typed.</param>
    /// <exception cref="InputException">There is no code for what is inside, or a flag has no effect beside code.</exception>
    public int Write(ParseResult result, NamedSchedule schedule, string unit, IReadOnlyList<double> rates)
    {
        if (result.GetValue<bool>("--json"))
        {
            throw new InputException("--json has no effect here: with --to the output is code. Leave it out.");
        }

        var language = Enum.Parse<CodeLanguage>(result.GetValue(to) ?? Json, ignoreCase: true);
        var (epochs, batches) = (First(result, "--epochs"), First(result, "--batches") ?? (unit == ScheduleView.Step ? 1 : null));
        // C# compiles as it stands: one number of the run needs the others.
        if (language == CodeLanguage.CSharp && (epochs is not null || batches is not null || rates.Count > 0))
        {
            (epochs, batches) = (epochs ?? End(schedule), batches ?? 1);
        }

        Schedule[] groups = schedule.Groups.Distinct().Count() == 1 ? [schedule.Groups[0]] : [.. schedule.Groups];
        try
        {
            result.InvocationConfiguration.Output.Write(ScheduleCode.Write(
                groups, language, epochs, batches, rates.Count > 0 && groups.Length > 1 ? [.. groups.Select((_, group) => rates[Math.Min(group, rates.Count - 1)])] : rates));
        }
        catch (NotSupportedException exception)
        {
            throw new InputException($"There is no code for {schedule.Name}: {exception.Message}", exception);
        }

        if (schedule.Origin is { } origin)
        {
            result.InvocationConfiguration.Error.WriteLine($"{origin.Name}: {origin.AtBoundaryAndPastEnd}");
        }

        return ExitCode.Done;
    }

    private static int End(NamedSchedule schedule) => schedule.Groups.Max(group => group.EndEpochs) is > 0 and <= int.MaxValue and var end
        ? (int)Math.Ceiling(end)
        : throw new InputException($"{schedule.Name} does not say how long the run is, which a plan in C# needs: add --epochs, or leave --batches and --base-lrs out.");

    private static int? First(ParseResult result, string name) => result.GetValue<int[]>(name) is [var first, ..] ? first : null;
}
