using System.Text.Json;
using System.Text.Json.Nodes;
using Cawb.Tests.Reference;

namespace Cawb.Foreign.Tests;

/// <summary>One case of the reference files: what a library was asked and what it answered.</summary>
public sealed record GoldenCase(string Id, JsonElement Parameters, double[] BaseRates, JsonElement Trace)
{
    /// <summary>Library and function: the id without a leading <c>misc</c> and without the number.</summary>
    public string Name => string.Join('.', Id.Split('.').Where((part, i) => !(i == 0 && part == "misc")).SkipLast(1));

    public string Library => Name.Split('.')[0];

    public double[] Index => Numbers(Trace.GetProperty("index"));

    public bool EndsInError => Trace.TryGetProperty("error", out _);

    /// <summary>The call that raised: -1 is the constructor.</summary>
    public int ErrorCall => Trace.GetProperty("error").GetProperty("call").GetInt32();

    public static IEnumerable<GoldenCase> Of(string library)
    {
        var cases = Directory.GetFiles(ReferenceFolder.Of("schedules"), "*.json").SelectMany(Read).Where(item => item.Library == library).ToList();
        Assert.True(cases.Count > 0, $"No reference case of {library} in {ReferenceFolder.Of("schedules")}.");
        return cases;
    }

    public ForeignSchedule Create(params string[] without) => ForeignSchedules.Create(Name, ParametersWithout(without).ToJsonString(), BaseRates);

    /// <summary>By another name and with one more argument.</summary>
    public ForeignSchedule CreateAs(string name, string argument, string value)
    {
        var parameters = ParametersWithout();
        parameters[argument] = value;
        return ForeignSchedules.Create(name, parameters.ToJsonString(), BaseRates);
    }

    public double[][] Rows(string name) => [.. Trace.GetProperty(name).EnumerateArray().Select(Numbers)];

    public bool Has(string name) => Trace.TryGetProperty(name, out _);

    public static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(Number)];

    /// <summary>The suggested tolerance of the reference files: 1e-12 of the value or of the largest magnitude of the trace.</summary>
    public void AssertClose(double[] expected, Func<int, double> actual, string what)
    {
        var largest = expected.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        for (var k = 0; k < expected.Length; k++)
        {
            var value = actual(k);
            Assert.True(
                value.Equals(expected[k]) || Math.Abs(value - expected[k]) <= 1e-12 * Math.Max(Math.Abs(expected[k]), largest),
                $"{Id}: {what} at entry {k} is {value:R}; the library has {expected[k]:R}.");
        }
    }

    public override string ToString() => Id;

    private JsonObject ParametersWithout(params string[] without)
    {
        var parameters = JsonNode.Parse(Parameters.GetRawText())?.AsObject() ?? [];
        foreach (var key in without)
            parameters.Remove(key);
        return parameters;
    }

    private static double Number(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString() switch { "Infinity" => double.PositiveInfinity, "-Infinity" => double.NegativeInfinity, _ => double.NaN },
        JsonValueKind.Null => double.NaN,
        _ => element.GetDouble(),
    };

    private static List<GoldenCase> Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return
        [
            .. document.RootElement.GetProperty("cases").EnumerateArray().Select(item => new GoldenCase(
                item.GetProperty("id").GetString() ?? "",
                item.GetProperty("params").Clone(),
                item.TryGetProperty("base_lrs", out var rates) ? Numbers(rates) : [],
                item.GetProperty("trace").Clone())),
        ];
    }
}
