namespace Cawb.Code;

/// <summary>The lines around a schedule in C#: what it needs, and what it is for.</summary>
internal static class CSharpProgram
{
    public static string Write(IReadOnlyList<Schedule> schedules, CodeRun run, bool forTorchSharp)
    {
        var layout = new CodeLayout(width: 120, closesOnOwnLine: false);
        var texts = schedules.Select(CSharpExpression.Of).ToList();
        layout.Line("using Cawb;");
        if (forTorchSharp)
            layout.Line("using Cawb.TorchSharp;");
        if (texts.Exists(text => text.OneLine.Contains(nameof(Yolov5.Yolov5Schedule), StringComparison.Ordinal)))
            layout.Line("using Cawb.Yolov5;");
        var name = schedules.Count == 1 ? "schedule" : "schedules";
        layout.Line("").Line(schedules.Count == 1 ? CodeText.Of("var schedule = ", texts[0], ";") : CodeText.Of("Schedule[] schedules = ", CodeText.List(texts), ";"));
        var rates = run.BaseRates.Select(CodeText.Number).ToList();
        var plan = CodeText.Call("TrainingPlan.FromEpochs", [Count("epochs", run.Epochs), Count("batchesPerEpoch", run.BatchesPerEpoch)]);
        if (forTorchSharp)
        {
            if (rates.Count > 0)
                layout.Line($"// The optimizer is made with {(rates.Count == 1 ? $"the learning rate {rates[0]}" : $"groups whose learning rates are {Listed(rates)}")}.");
            layout.Line(CodeText.Of("var scheduler = ", CodeText.Call("optimizer.Follow", [name, plan]), ";"));
        }
        else if (run is { Epochs: not null, BatchesPerEpoch: not null })
        {
            layout.Line(CodeText.Of("var plan = ", plan, ";"));
            if (rates.Count > 0)
            {
                var bases = schedules.Count == 1 ? rates.Select(rate => (CodeText)rate) : [CodeText.List(rates.Select(rate => (CodeText)rate))];
                layout.Line(CodeText.Of("var scheduler = ", CodeText.Call("new LearningRateScheduler", ["plan", name, .. bases]), ";"));
            }
        }

        return layout.ToString();
    }

    private static CodeText Count(string name, int? count) => count is { } known ? $"{name}: {CodeText.Number(known)}" : name;

    private static string Listed(List<string> rates) => $"{string.Join(", ", rates.SkipLast(1))} and {rates[^1]}";
}
