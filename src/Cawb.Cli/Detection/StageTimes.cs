using System.Globalization;
using System.Text.Json.Nodes;
using Cawb.Detection.Data.Loading;
using Cawb.Detection.Evaluation;
using Cawb.Detection.Inference;
using Cawb.Reports.Tables;

namespace Cawb.Cli.Detection;

/// <summary>The time that each stage of a validation took.</summary>
/// <param name="clock">Where time comes from.</param>
/// <param name="progress">Told of finished images.</param>
/// <param name="found">Shown every batch with what was found.</param>
internal sealed class StageTimes(TimeProvider clock, CountProgress progress, Action<ValidationBatch, IReadOnlyList<DetectedBox>[]> found) : IValidationObserver
{
    private static readonly (ValidationStage Stage, string Name, string Meaning)[] Stages =
    [
        (ValidationStage.Loading, "loading", "waiting for decoded images"),
        (ValidationStage.Forward, "forward", "network and decoding of boxes"),
        (ValidationStage.Suppression, "nms", "non-maximum suppression"),
        (ValidationStage.Evaluation, "evaluation", "matching, COCO's and YOLOv5's figures"),
    ];

    private readonly Dictionary<ValidationStage, TimeSpan> spent = [];
    private long mark = clock.GetTimestamp();

    private TimeSpan Total => Stages.Aggregate(TimeSpan.Zero, (sum, stage) => sum + Of(stage.Stage));

    public void Spent(ValidationStage stage)
    {
        var now = clock.GetTimestamp();
        spent[stage] = Of(stage) + clock.GetElapsedTime(mark, now);
        mark = now;
    }

    public void Found(ValidationBatch batch, IReadOnlyList<DetectedBox>[] boxes) => found(batch, boxes);

    public void Finished(int count) => progress.Add(count);

    public string ToText(int images)
    {
        var table = new TextTable("<stage", "seconds", "share", "ms an image", "<what");
        foreach (var (stage, name, meaning) in Stages)
        {
            var time = Of(stage);
            table.Add(name, Number(time.TotalSeconds, "0.00"), Number(100 * Share(time), "0.0") + " %", Number(time.TotalMilliseconds / images, "0.00"), meaning);
        }

        table.Add("all", Number(Total.TotalSeconds, "0.00"), "100.0 %", Number(Total.TotalMilliseconds / images, "0.00"), "");
        return table.ToText();
    }

    public JsonObject ToJson()
    {
        var json = new JsonObject();
        foreach (var (stage, name, _) in Stages)
        {
            json[name] = Of(stage).TotalSeconds;
        }

        json["all"] = Total.TotalSeconds;
        return json;
    }

    private TimeSpan Of(ValidationStage stage) => spent.GetValueOrDefault(stage);

    private double Share(TimeSpan time) => Total > TimeSpan.Zero ? time / Total : 0;

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
