using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cawb.Detection;
using Cawb.Detection.Model;
using Cawb.Training.Comparison;
using Cawb.Training.Runs;

namespace Cawb.Training.Options;

/// <summary>The options that a plan gives its arms: those of <c>train</c>, without what the comparison itself decides.</summary>
public static class ArmOptions
{
    private const string HyperParameterKey = "hyperParameters";
    private const int MostSide = 4096;
    private const int MostThreads = 1024;

    // The plan has them once for all arms, or decides them run by run.
    private static readonly string[] Decided = ["data", "epochs", "seed"];

    // The training finds them out.
    private static readonly string[] Found = ["weightsSha256", "anchors"];

    /// <summary>The options that a plan may set.</summary>
    public static IReadOnlyList<string> Keys { get; } = [.. Defaults("", 1, 0).Select(option => option.Key).Except([.. Decided, .. Found])];

    /// <summary>All options of a run.</summary>
    /// <param name="json">What the plan sets.</param>
    /// <param name="data">The data set.</param>
    /// <param name="epochs">Length of the run.</param>
    /// <param name="seed">Of every random draw.</param>
    /// <exception cref="InputException">An option cannot be.</exception>
    public static TrainOptions Read(string json, string data, int epochs, int seed)
    {
        if (Problem(json) is { } problem)
        {
            throw new InputException($"options: {problem.Text}");
        }

        var options = Defaults(data, epochs, seed);
        foreach (var (key, value) in Parse(json))
        {
            options[key] = key == HyperParameterKey ? Print(Hyper(value)) : value?.DeepClone();
        }

        var read = TrainOptions.FromJson(options.ToJsonString(), data);
        return read.Weights.Length > 0 ? read with { Weights = Path.GetFullPath(read.Weights), WeightsSha256 = WeightsHash.Of(read.Weights) } : read;
    }

    /// <summary>The first option of a plan that cannot be, or null.</summary>
    /// <param name="json">A JSON object.</param>
    public static OptionProblem? Problem(string json)
    {
        foreach (var (key, value) in Parse(json))
        {
            if (Complaint(key, value) is { } text)
            {
                return new OptionProblem(key, text);
            }
        }

        return null;
    }

    private static string? Complaint(string key, JsonNode? value)
    {
        if (Decided.Contains(key))
        {
            return $"'{key}' is no option of an arm: all arms have the same, and it stands beside 'options' (there 'seeds' for the seed). Move it there.";
        }

        if (!Keys.Contains(key))
        {
            return $"there is no option '{key}'.{NearestName.Suggestion(key, Keys)} The options are: {string.Join(", ", Keys)}.";
        }

        return key switch
        {
            "model" => ModelSize.All.Any(size => size.Name == Text(value)) ? null : $"'model' must be one of {string.Join(", ", ModelSize.All.Select(size => size.Name))}; got {Shown(value)}.",
            "batchSize" => Range(key, value, 1, MostSide),
            "imageSize" => Range(key, value, 32, MostSide) ?? (Whole(value) % 32 == 0 ? null : $"'imageSize' must be a multiple of 32, the stride of the coarsest level; got {Shown(value)}."),
            "threads" => Range(key, value, 1, MostThreads),
            "device" => ComputeDevice.Problem(Text(value)) is { } problem ? $"'device': {problem}" : null,
            "weights" => File.Exists(Text(value)) ? null : $"'weights' names the file {Shown(value)}, which is not there. Correct the path; it is taken from the folder that the command starts in.",
            HyperParameterKey => HyperComplaint(value),
            _ => OtherComplaint(key, value),
        };
    }

    private static string? Range(string key, JsonNode? value, int low, int high) => Whole(value) is { } number && number >= low && number <= high
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"'{key}' must be a whole number from {low} to {high}; got {Shown(value)}.");

    private static string? HyperComplaint(JsonNode? value)
    {
        try
        {
            _ = Hyper(value);
            return null;
        }
        catch (HyperParameterException exception)
        {
            return exception.Message;
        }
    }

    // An option that needs no more than to be of its type.
    private static string? OtherComplaint(string key, JsonNode? value)
    {
        var options = Defaults("", 1, 0);
        options[key] = value?.DeepClone();
        try
        {
            _ = TrainOptions.FromJson(options.ToJsonString(), key);
            return null;
        }
        catch (Exception exception) when (BadInput.IsCause(exception))
        {
            return $"'{key}' cannot be {Shown(value)}; without it, it is {Shown(Defaults("", 1, 0)[key])}.";
        }
    }

    private static JsonObject Defaults(string data, int epochs, int seed) => Parse(new TrainOptions
    {
        Model = "n",
        Data = data,
        Epochs = epochs,
        BatchSize = 16,
        ImageSize = 640,
        Seed = seed,
        Threads = 1,
        Device = "cpu",
        HyperParameters = new HyperParameters(),
    }.ToJson());

    private static HyperParameters Hyper(JsonNode? value) => HyperParameterFile.Parse(Encoding.UTF8.GetBytes(value?.ToJsonString() ?? "null"), $"'{HyperParameterKey}'");

    private static JsonNode? Print(HyperParameters values) => JsonNode.Parse(HyperParameterFile.Print(values));

    private static JsonObject Parse(string json) => JsonNode.Parse(json)?.AsObject() ?? [];

    private static string Text(JsonNode? value) => value is JsonValue text && text.TryGetValue<string>(out var read) ? read : "";

    private static int? Whole(JsonNode? value) => value is JsonValue number && number.GetValueKind() == JsonValueKind.Number && number.TryGetValue<int>(out var read) ? read : null;

    private static string Shown(JsonNode? value) => value?.ToJsonString() ?? "null";
}
