using Cawb.Cli.Tests.Training;

namespace Cawb.Cli.Tests.Comparison;

/// <summary>A plan of two arms and two seeds over nine images: four trainings of a second each.</summary>
internal sealed class SmallComparison : IDisposable
{
    private readonly SmallTraining training = new();

    public SmallComparison() => Plan = training.Write("plan.json", Text);

    /// <summary>Cosine, and CAWB that boots in the middle of the run; in the first epoch both hold the base rate.</summary>
    public string Text => $$$$"""
        {
          "name": "small",
          "data": "{{{{training.Data.Folder}}}}",
          "epochs": 2,
          "seeds": [0, 1],
          "baseline": "cosine",
          "options": {"imageSize": 64, "batchSize": 3, "keepTroughs": true,
            "hyperParameters": {"lr0": 0.02, "nominal_batch": 6}},
          "arms": [
            {"name": "cosine", "schedule": {"type": "holdPerEpoch", "schedule": {"type": "cosine", "durationEpochs": 2}}},
            {"name": "CAWB", "schedule": {"type": "cawb", "epochs": 2, "bootEpochs": [1], "annealing": {"type": "cosine"}, "stepScale": 0.8}}
          ]
        }
        """;

    public string Plan { get; }

    public SmallTraining Training => training;

    public string Folder(string name) => training.Run(name);

    public string[] Words(string folder, params string[] more) => ["compare", Plan, "--out", Folder(folder), .. more];

    /// <summary>Replaces a piece of the plan, which must be there.</summary>
    public void Edit(string from, string to)
    {
        var text = File.ReadAllText(Plan);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(Plan, text.Replace(from, to, StringComparison.Ordinal));
    }

    public static CommandRun Succeed(params string[] words) => Demand(CommandRun.OfProgram(words));

    /// <summary>The run, if it did what was asked for.</summary>
    public static CommandRun Demand(CommandRun run)
    {
        Assert.True(run.ExitCode == 0, $"Exit code {run.ExitCode}. {run.Error} {run.Output}");
        return run;
    }

    public void Dispose() => training.Dispose();
}
