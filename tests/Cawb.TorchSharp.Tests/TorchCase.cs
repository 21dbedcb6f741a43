using System.Text.Json;
using Cawb.Tests.Reference;

namespace Cawb.TorchSharp.Tests;

/// <summary>One case of reference/schedules/torch.json: what PyTorch was asked and what it answered.</summary>
public sealed record TorchCase(string Id, string Function, JsonElement Parameters, double[] BaseRates, JsonElement Trace, bool IsRoundingFault)
{
    public static IReadOnlyList<TorchCase> All { get; } = Read();

    public double[][] Rates => Rows("lr");

    public double[][]? Momenta => Trace.TryGetProperty("momentum", out _) ? Rows("momentum") : null;

    public bool EndsInConstructor => Trace.TryGetProperty("error", out var error) && error.GetProperty("call").GetInt32() < 0;

    public bool Has(string name) => Parameters.TryGetProperty(name, out _);

    public double Number(string name, double otherwise) => Has(name) ? Parameters.GetProperty(name).GetDouble() : otherwise;

    public int Integer(string name, int otherwise) => Has(name) ? Parameters.GetProperty(name).GetInt32() : otherwise;

    public string Word(string name, string otherwise) => Has(name) ? Parameters.GetProperty(name).GetString() ?? "" : otherwise;

    public bool Flag(string name, bool otherwise) => Has(name) ? Parameters.GetProperty(name).GetBoolean() : otherwise;

    /// <summary>One number for all groups, or one per group.</summary>
    public double[] PerGroup(string name, double otherwise) => !Has(name)
        ? [.. BaseRates.Select(_ => otherwise)]
        : Parameters.GetProperty(name) is { ValueKind: JsonValueKind.Array } list ? Numbers(list) : [.. BaseRates.Select(_ => Parameters.GetProperty(name).GetDouble())];

    public static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(Number)];

    public override string ToString() => Id;

    /// <summary>1e-12 of the value or of the largest magnitude of the trace, as the reference files suggest.</summary>
    public void AssertClose(double[] expected, int call, double actual, string what)
    {
        var allowed = 1e-12 * Math.Max(Math.Abs(expected[call]), expected.Max(Math.Abs));
        Assert.True(Math.Abs(actual - expected[call]) <= allowed, $"{Id}: {what} after call {call} is {actual:R}; PyTorch has {expected[call]:R}.");
    }

    private static double Number(JsonElement element) => element.ValueKind == JsonValueKind.Number ? element.GetDouble() : double.NaN;

    private double[][] Rows(string name) => [.. Trace.GetProperty(name).EnumerateArray().Select(Numbers)];

    private static List<TorchCase> Read()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(ReferenceFolder.Of("schedules", "torch.json")));
        return
        [
            .. document.RootElement.GetProperty("cases").EnumerateArray().Select(item => new TorchCase(
                item.GetProperty("id").GetString() ?? "",
                item.GetProperty("source").GetProperty("function").GetString() ?? "",
                item.GetProperty("params").Clone(),
                Numbers(item.GetProperty("base_lrs")),
                item.GetProperty("trace").Clone(),
                item.TryGetProperty("tags", out var tags) && tags.EnumerateArray().Any(tag => tag.GetString() == "rounding"))),
        ];
    }
}
