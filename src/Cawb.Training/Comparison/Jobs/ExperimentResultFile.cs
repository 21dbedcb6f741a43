using System.Text.Json.Nodes;
using Cawb.Reports.Files;
using Cawb.Training.Json;
using Cawb.Training.Runs;

namespace Cawb.Training.Comparison.Jobs;

/// <summary>The mark that a run of a comparison is done: <c>result.json</c> in its directory, written last.</summary>
internal sealed record ExperimentResultFile(string Fingerprint, IReadOnlyList<ExtraResult> Extras)
{
    public const string FileName = RunState.ResultFile;
    private static readonly string[] Names = ["fingerprint", "extras"];
    private static readonly string[] ExtraNames = ["name", "ap", "ap50"];

    public static ExperimentResultFile Read(string path)
    {
        var root = PlacedJson.Read(path);
        var members = root.Object("A result", Names);
        return new ExperimentResultFile(
            root.Required(members, "A result", "fingerprint").String("'fingerprint'"),
            [.. root.Required(members, "A result", "extras").Array("'extras'").Select(item =>
            {
                var fields = item.Object("An extra result", ExtraNames);
                PlacedJson Get(string name) => item.Required(fields, "An extra result", name);
                return new ExtraResult(Get("name").String("'name'"), Get("ap").Number("'ap'"), Get("ap50").Number("'ap50'"));
            })]);
    }

    public void Write(string path) => AtomicFile.WriteText(path, JsonText.OfFile(new JsonObject
    {
        ["fingerprint"] = Fingerprint,
        ["extras"] = JsonText.List(Extras, extra => new JsonObject { ["name"] = extra.Name, ["ap"] = extra.AveragePrecision, ["ap50"] = extra.AveragePrecision50 }),
    }));
}
