using System.Globalization;
using Cawb.Detection.Data;
using Cawb.Reports.Tables;
using Cawb.Training.Loop;
using Cawb.Training.Options;
using Cawb.Training.Runs;

namespace Cawb.Cli.Training;

/// <summary>Shows what a training would be, and makes no run.</summary>
internal static class TrainingDryRun
{
    private const int MostMoments = 24;

    private static readonly TimeSpan Measurement = TimeSpan.FromSeconds(8);

    /// <summary>Data, anchors, rates at the moments that matter, warnings, time.</summary>
    /// <param name="options">As typed.</param>
    /// <param name="schedule">Of the learning rate.</param>
    /// <param name="isStrict">Whether warnings are errors.</param>
    /// <param name="output">Where to.</param>
    /// <param name="cancellation">The user's wish to stop.</param>
    /// <returns>The process's exit code.</returns>
    public static int Show(TrainOptions options, Schedule schedule, bool isStrict, TextWriter output, CancellationToken cancellation)
    {
        var data = DetectionData.Open(options.Data, cancellation);
        // Pixels are not written to disk for a look.
        var complete = options.CompletedFor(data) with { Cache = "" };
        using var session = TrainingRun.NewSession(complete, schedule, data);
        var plan = session.Plan;
        output.WriteLine(
            $"YOLOv5{options.Model}, {Counted.Of(options.Epochs, "epoch")} of {Counted.Of(plan.BatchesPerEpoch, "batch", "batches")} of {Counted.Of(options.BatchSize, "image")} at {options.ImageSize} px, {Steps(session, options)}");
        output.WriteLine($"{options.Data}: {Counted.Of(data.ClassNames.Count, "class", "classes")}");
        output.WriteLine($"  training: {Content(data.Training)}");
        output.WriteLine($"  validation: {Content(data.Validation)}");
        output.WriteLine(Anchors(data, complete));
        var leftOut = options.Weights.Length > 0 ? session.StartFrom(options.Weights) : null;
        foreach (var note in TrainingNotes.Of(session, data, complete, leftOut))
        {
            output.WriteLine(note);
        }

        output.WriteLine();
        var driven = TrainingSchedules.Of(complete, schedule, plan.BatchesPerEpoch);
        WriteRates(driven, schedule, output);
        output.WriteLine();
        var warnings = ScheduleCheck.Of(complete, schedule, plan.BatchesPerEpoch);
        foreach (var warning in warnings)
        {
            output.WriteLine($"Warning: {warning}");
        }

        if (isStrict)
        {
            ScheduleCheck.RequireNone(warnings);
        }

        var pace = session.MeasurePace(TimeProvider.System, Measurement, cancellation);
        var training = pace.Batch * plan.BatchesPerEpoch;
        output.WriteLine(
            $"It takes about {ReportText.Duration((training + pace.Validation) * options.Epochs)} on this machine as it is now: {ReportText.Duration(training)} of training and {ReportText.Duration(pace.Validation)} of validation each epoch. No run was made.");
        return ExitCode.Done;
    }

    private static string Steps(TrainingSession session, TrainOptions options) => session.Plan.Accumulation == 1
        ? "an optimizer step after every batch"
        : $"an optimizer step after every {session.Plan.Accumulation} batches ({session.Plan.Accumulation * options.BatchSize} images)";

    private static string Content(DetectionDataset part)
    {
        var (boxes, background) = (part.Images.Sum(image => (long)image.Boxes.Count), part.Images.Count(image => image.Boxes.Count == 0));
        return $"{Counted.Of(part.Images.Count, "image")}, {Counted.Of(boxes, "instance")}{(background > 0 ? $", {background} background (without instances)" : "")}";
    }

    private static string Anchors(DetectionData data, TrainOptions options)
    {
        var recall = AnchorFit.RecallOf(data.Training, options.AnchorSet.ToPixels(), options.ImageSize, options.HyperParameters.AnchorRatio, (ulong)options.Seed);
        return string.Create(CultureInfo.InvariantCulture, $"anchors: {(options.Anchors.Count > 0 ? "those found for these labels" : "COCO's")}, best possible recall {recall:0.0%}");
    }

    private static void WriteRates(TrainingSchedules driven, Schedule schedule, TextWriter output)
    {
        var rows = driven.Rows.ToList();
        var moments = Moments(driven, schedule).ToList();
        Output.WriteTable(
            output,
            ["epoch", "", .. rows.Select(row => $"{Heading(row.Parameter)}, {row.Groups}")],
            moments.Take(MostMoments).Select(moment => (IReadOnlyList<string>)
                [Output.Short(moment.Epochs), moment.What, .. rows.Select(row => Output.Short(row.Schedule.ValueAt(moment.Epochs, row.BaseValue)))]));
        if (moments.Count > MostMoments)
        {
            output.WriteLine($"and {Counted.Of(moments.Count - MostMoments, "moment")} more: cawb plot --as-trained draws them all.");
        }
    }

    private static string Heading(string parameter) => parameter switch { "learningRate" => "rate", "weightDecay" => "weight decay", _ => parameter };

    private static IEnumerable<(double Epochs, string What)> Moments(TrainingSchedules driven, Schedule schedule)
    {
        var plan = driven.Plan;
        var (last, warmup) = (plan.EpochsFromBatches(plan.TotalBatches - 1), plan.EpochsFromBatches(driven.WarmupBatches));
        List<(double Epochs, string What)> moments = [(0, "first batch"), (last, "last batch")];
        if (driven.WarmupBatches > 0 && warmup < last)
        {
            moments.Add((warmup, "warm-up end"));
        }

        moments.AddRange(RunCharts.Events(schedule, plan.Epochs).Where(scheduleEvent => scheduleEvent.Epochs > 0 && scheduleEvent.Epochs < last));
        return moments.DistinctBy(moment => moment.Epochs).OrderBy(moment => moment.Epochs);
    }
}
