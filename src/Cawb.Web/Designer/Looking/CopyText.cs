using System.Globalization;
using Cawb.Code;
using Cawb.Training.Slurm;
using Cawb.Web.Designer.Address;
using Cawb.Web.Designer.Editing;

namespace Cawb.Web.Designer.Looking;

/// <summary>A schedule as text to paste.</summary>
/// <param name="Text">Empty where there is none.</param>
/// <param name="Problem">Why there is none; empty where there is.</param>
public sealed record CopyText(string Text, string Problem)
{
    /// <summary>Writes it.</summary>
    /// <param name="evaluation">The schedule in its run.</param>
    /// <param name="design">As it is written on the page.</param>
    /// <param name="language">As what.</param>
    /// <param name="trained">As what the page shows it.</param>
    public static CopyText Of(Evaluation evaluation, DesignedSchedule design, CopyAs language, Trained trained)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        ArgumentNullException.ThrowIfNull(design);
        if (language == CopyAs.CommandLine)
        {
            return new(CommandLines(evaluation, design, trained), "");
        }

        var groups = evaluation.Schedule.Groups.Distinct().Count() == 1 ? [evaluation.Rate] : evaluation.Schedule.Groups;
        try
        {
            return new(language == CopyAs.Json ? string.Join("\n", groups.Select(ScheduleText.Print)) : Code(evaluation, groups, language), "");
        }
        catch (NotSupportedException fault)
        {
            return new("", evaluation.Schedule.WhyNoTextForm is { Length: > 0 } why ? why : fault.Message);
        }
    }

    private static string Code(Evaluation evaluation, IReadOnlyList<Schedule> groups, CopyAs language)
    {
        var rates = groups.Count > 1 ? [.. groups.Select((_, group) => evaluation.BaseRates[Math.Min(group, evaluation.BaseRates.Count - 1)])] : evaluation.BaseRates;
        var written = language switch { CopyAs.CSharp => CodeLanguage.CSharp, CopyAs.TorchSharp => CodeLanguage.TorchSharp, _ => CodeLanguage.Python };
        return ScheduleCode.Write(groups, written, (int)evaluation.Plan.Epochs, evaluation.Plan.BatchesPerEpoch, rates);
    }

    private static string CommandLines(Evaluation evaluation, DesignedSchedule design, Trained trained)
    {
        string[] words = ForeignCallText.Of(design.Text) is { } call ? [call.Function, call.Arguments] : [evaluation.Rate.CanonicalText];
        string[] run = ["--epochs", Digits(evaluation.Plan.Epochs), "--batches", Digits(evaluation.Plan.BatchesPerEpoch)];
        var plot = ShellWord.Joined(["./cawb", "plot", .. words, .. run, "--base-lrs", .. evaluation.BaseRates.Select(Digits)]);
        if (evaluation.Schedule.WhyNoTextForm.Length > 0)
        {
            return plot;
        }

        string[] warmup = trained == Trained.Yolov5 ? ["--warmup", "yolov5"] : [];
        return $"{plot}\n{ShellWord.Joined(["./cawb", "train", "--data", "data/digits", "--epochs", Digits(evaluation.Plan.Epochs), "--schedule", evaluation.Rate.CanonicalText, "--lr0", Digits(evaluation.BaseRate), .. warmup])}";
    }

    private static string Digits(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
