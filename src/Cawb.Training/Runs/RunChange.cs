namespace Cawb.Training.Runs;

/// <summary>What a run was before its length was changed.</summary>
/// <param name="Epochs">Its length then.</param>
/// <param name="ScheduleJson">Its schedule then, in the text form.</param>
/// <param name="AtEpochs">How much of it was trained, in epochs.</param>
public sealed record RunChange(int Epochs, string ScheduleJson, double AtEpochs);
