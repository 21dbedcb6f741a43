using System.Globalization;
using System.Text.Json;
using Cawb.Code;
using Cawb.Tests.Expressions;

namespace Cawb.Tests.Code;

public sealed class PythonCodeTests
{
    // Each line of input: code, and calls of one of its functions; each line of output: what they gave.
    private const string Runner = """
        import json, sys
        for line in sys.stdin:
            code, name, calls = json.loads(json.loads(line))
            try:
                module = {}
                exec(compile(code, "code", "exec"), module)
                print(json.dumps([module[name](*call) for call in calls]))
            except Exception as fault:
                print(json.dumps(f"{type(fault).__name__}: {fault}"))
        """;

    [Theory]
    [InlineData(1, 0.1)]
    [InlineData(1, 1.0)]
    [InlineData(7, 0.1)]
    [InlineData(7, 1.0)]
    public void Gives_the_values_of_every_type_and_of_compositions_at_boundaries_between_them_and_past_the_end(int batchesPerEpoch, double baseRate)
    {
        Assert.SkipUnless(PythonProcess.IsPresent, "This machine has no /usr/bin/python3.");
        var schedules = CodeCases.OfEveryType(12).Concat(CodeCases.Nested(200)).ToList();
        var plan = TrainingPlan.FromEpochs(1, batchesPerEpoch);
        var batches = schedules.Select(schedule => CodeCases.Batches(schedule, plan)).ToList();
        var codes = schedules.Select(schedule => ScheduleCode.Write(schedule, CodeLanguage.Python, batchesPerEpoch: batchesPerEpoch)).ToList();

        var found = Run(codes.Zip(batches, (code, moments) => (code, "learning_rate", moments.Select(batch => (object)new object[] { batch, baseRate }))));

        for (var i = 0; i < schedules.Count; i++)
            RequireSame(codes[i], [.. batches[i].Select(batch => schedules[i].ValueAt(plan.EpochsFromBatches(batch), baseRate))], Numbers(codes[i], found[i]), string.Join(' ', batches[i]));
    }

    private static JsonElement[] Run(IEnumerable<(string Code, string Name, IEnumerable<object> Calls)> runs) =>
        [.. PythonProcess.Ask(["-c", Runner], runs.Select(run => JsonSerializer.Serialize(new object[] { run.Code, run.Name, run.Calls }))).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];

    private static double[] Numbers(string code, JsonElement list) => list.ValueKind != JsonValueKind.Array ? throw new InvalidOperationException($"{list}\n{code}") : [.. list.EnumerateArray().Select(number => number.GetDouble())];

    private static void RequireSame(string code, double[] expected, double[] found, string moments)
    {
        var tolerance = 1e-12 * expected.Max(Math.Abs);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(found[i] - expected[i]) <= tolerance, string.Create(CultureInfo.InvariantCulture, $"{i}: {found[i]} is not {expected[i]} ({moments})\n{code}"));
    }
}
