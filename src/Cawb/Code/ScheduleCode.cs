namespace Cawb.Code;

/// <summary>Writes schedules as code that a person pastes into a program and keeps.</summary>
public static class ScheduleCode
{
    /// <summary>One schedule for all parameter groups.</summary>
    /// <param name="schedule">Any schedule that has a text form.</param>
    /// <param name="language">What to write.</param>
    /// <param name="epochs">Length of the run, 1 or more; null where it is not known. Python needs none.</param>
    /// <param name="batchesPerEpoch">1 or more; null where it is not known: C# then has a name in its place, and Python's function takes epochs instead of steps.</param>
    /// <param name="baseLearningRates">The rates that the optimizer's groups are made with, as far as they are known.</param>
    /// <returns>Lines that end with a newline. C# compiles as it stands; for TorchSharp there must be an <c>optimizer</c>, and <c>epochs</c> and <c>batchesPerEpoch</c> where they are not known.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is below 1.</exception>
    /// <exception cref="NotSupportedException">A part of the schedule is a delegate, or a type of another assembly, for which there is no code.</exception>
    public static string Write(Schedule schedule, CodeLanguage language, int? epochs = null, int? batchesPerEpoch = null, params IReadOnlyList<double> baseLearningRates) =>
        Write([Require.NotNull(schedule)], language, epochs, batchesPerEpoch, baseLearningRates);

    /// <summary>A schedule for each parameter group.</summary>
    /// <param name="schedules">At least one; any that have a text form.</param>
    /// <param name="language">What to write.</param>
    /// <param name="epochs">Length of the run, 1 or more; null where it is not known. Python needs none.</param>
    /// <param name="batchesPerEpoch">1 or more; null where it is not known: C# then has a name in its place, and Python's function takes epochs instead of steps.</param>
    /// <param name="baseLearningRates">The rates that the optimizer's groups are made with: none, or one for each schedule where there are several.</param>
    /// <returns>As for one schedule; Python's function then gives a list.</returns>
    /// <exception cref="ArgumentException">There is no schedule, a count is below 1, or the rates are not as many as the schedules.</exception>
    /// <exception cref="NotSupportedException">A part of a schedule is a delegate, or a type of another assembly, for which there is no code.</exception>
    public static string Write(
        IReadOnlyList<Schedule> schedules, CodeLanguage language, int? epochs = null, int? batchesPerEpoch = null, params IReadOnlyList<double> baseLearningRates)
    {
        if (Require.NotNull(schedules).Count == 0)
            throw new ArgumentException("There must be at least one schedule; got none.", nameof(schedules));
        Require.AtLeast(epochs ?? 1, 1, nameof(epochs));
        Require.AtLeast(batchesPerEpoch ?? 1, 1, nameof(batchesPerEpoch));
        if (Require.NotNull(baseLearningRates).Count > 0 && schedules.Count > 1 && baseLearningRates.Count != schedules.Count)
            throw new ArgumentException($"There must be one base rate for each of the {schedules.Count} schedules, or none; got {baseLearningRates.Count}.", nameof(baseLearningRates));
        // What has no text has no code either, and this says why.
        foreach (var schedule in schedules)
            ScheduleText.Print(schedule);
        var run = new CodeRun(epochs, batchesPerEpoch, [.. baseLearningRates.Select(rate => Require.Finite(rate, nameof(baseLearningRates)))]);
        return Require.Defined(language) switch
        {
            CodeLanguage.Python => PythonProgram.Write(schedules, run),
            _ => CSharpProgram.Write(schedules, run, forTorchSharp: language == CodeLanguage.TorchSharp),
        };
    }
}
