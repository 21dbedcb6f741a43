using System.Globalization;

namespace Cawb.Training.Runs;

/// <summary>Where a run stands, in words.</summary>
public static class RunStateWords
{
    /// <summary>One word.</summary>
    /// <param name="stage">Any.</param>
    public static string Word(RunStage stage) => stage switch
    {
        RunStage.Waiting => "waiting",
        RunStage.Running => "running",
        RunStage.Interrupted => "interrupted",
        RunStage.Finished => "done",
        _ => "failed",
    };

    /// <summary>What is said of a run whose numbers are missing.</summary>
    /// <param name="state">Of the run.</param>
    public static string Of(RunState state) => state.Stage switch
    {
        RunStage.Waiting => "not begun",
        RunStage.Finished => "trained, but its snapshots are not evaluated yet",
        RunStage.Failed => $"failed: {state.Problem}",
        _ => string.Create(CultureInfo.InvariantCulture, $"{Word(state.Stage)} in epoch {Math.Min(state.Epoch + 1, state.Epochs)} of {state.Epochs}{(state.Problem.Length > 0 ? ": " + state.Problem : "")}"),
    };
}
