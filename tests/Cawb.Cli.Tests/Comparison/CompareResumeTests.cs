using Cawb.Cli.Tests.Training;

namespace Cawb.Cli.Tests.Comparison;

/// <summary>Comparisons that were killed or interrupted end with the report of the one that nothing disturbed.</summary>
public sealed class CompareResumeTests(FinishedComparison finished) : IDisposable
{
    private const string Name = "stopped";

    private readonly SmallTraining elsewhere = new();

    private string Folder => elsewhere.Run(Name);

    public void Dispose() => elsewhere.Dispose();

    public static TheoryData<string> Moments => ["first run made", "first trough kept", "third run made"];

    [Theory]
    [MemberData(nameof(Moments))]
    public void A_killed_comparison_goes_on_to_the_same_report(string moment)
    {
        for (var attempt = 1; !IsKilledAt(moment); attempt++)
        {
            Assert.True(attempt < 10, "The comparison always ended before the moment was seen.");
            Directory.Delete(Folder, recursive: true);
        }

        FinishAndCompare();
    }

    [Fact]
    public void An_interrupted_comparison_says_how_to_go_on_and_goes_on_to_the_same_report()
    {
        using (var running = ProgramProcess.Start(Words()))
        {
            Assert.True(running.WaitUntil(() => HasCome("second run made")));
            running.Signal("INT");
            var end = running.End();
            Assert.True(end.ExitCode == ExitCode.TryAgain, $"Exit code {end.ExitCode}. {end.Error}");
            Assert.Equal($"Interrupted; everything so far is kept. Go on with the same command: ./cawb {string.Join(' ', Words())}\n", end.Error);
        }

        FinishAndCompare();
    }

    // The plan is that of the undisturbed comparison, since its data stand in the report; one run at a time, so that moments come in order.
    private string[] Words() => ["compare", finished.Small.Plan, "--out", Folder, "--jobs", "1"];

    private bool IsKilledAt(string moment)
    {
        using var running = ProgramProcess.Start(Words());
        return running.WaitUntil(() => HasCome(moment)) && running.Kill();
    }

    private bool HasCome(string moment) => moment switch
    {
        "first run made" => File.Exists(InRun("cosine-seed-0", "run.json")),
        "second run made" => File.Exists(InRun("cawb-seed-0", "run.json")),
        "first trough kept" => File.Exists(InRun("cawb-seed-0", "trough-1.safetensors")),
        "third run made" => File.Exists(InRun("cosine-seed-1", "run.json")),
        _ => throw new ArgumentOutOfRangeException(nameof(moment), moment, null),
    };

    private string InRun(string run, string file) => Path.Combine(Folder, "runs", run, file);

    private void FinishAndCompare()
    {
        SmallComparison.Succeed(Words());
        ComparisonFiles.RequireSame(finished.Folder, Folder);
        foreach (var file in new[] { "trough-1.safetensors", "last.safetensors" })
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(finished.Folder, "runs", "cawb-seed-0", file)), File.ReadAllBytes(InRun("cawb-seed-0", file)));
        }
    }
}
