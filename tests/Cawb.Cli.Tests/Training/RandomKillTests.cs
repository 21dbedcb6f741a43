using Cawb.Detection.Data;

namespace Cawb.Cli.Tests.Training;

/// <summary>Runs that are killed again and again at drawn instants end with the bytes of one that nothing disturbed.</summary>
public sealed class RandomKillTests : IDisposable
{
    private readonly SmallTraining training = new();

    public void Dispose() => training.Dispose();

    [Fact]
    public void Killed_at_three_random_instants_a_training_ends_with_the_bytes_of_an_undisturbed_one() => KillAndCompare(leastKills: 3, leastInWrites: 1, mostStarts: 20);

    [Fact]
    [Trait("Category", "Nightly")]
    public void Killed_at_twenty_random_instants_a_training_ends_with_the_bytes_of_an_undisturbed_one() => KillAndCompare(leastKills: 20, leastInWrites: 3, mostStarts: 60);

    /// <param name="leastKills">So many at least, at the instants that the first starts draw.</param>
    /// <param name="leastInWrites">So many of them at least while a file is half written.</param>
    /// <param name="mostStarts">When to give up.</param>
    private void KillAndCompare(int leastKills, int leastInWrites, int mostStarts)
    {
        Succeed(Words("undisturbed"));
        var (kills, inWrites, runs) = (0, 0, 0);
        var run = training.Run("killed");
        for (var start = 0; kills < leastKills || inWrites < leastInWrites; start++)
        {
            Assert.True(start < mostStarts, $"After {mostStarts} starts there were {kills} kills, {inWrites} of them while a file was written.");
            var words = File.Exists(Path.Combine(run, "run.json")) ? ["train", "--resume", run] : Words(run);
            if (IsKilled(words, run, start))
            {
                kills++;
                inWrites += HasPartial(run) ? 1 : 0;
            }
            else
            {
                // It reached its end before the instant came; the kills that are left befall another.
                AssertEqualToUndisturbed(run);
                run = training.Run($"killed-{++runs}");
            }
        }

        Succeed(File.Exists(Path.Combine(run, "run.json")) ? ["train", "--resume", run] : Words(run));
        AssertEqualToUndisturbed(run);
    }

    /// <summary>The instant is a drawn number of looks at the run's files, counted from the start, from the first line or, in half of the cases, from the moment a file is half written.</summary>
    private static bool IsKilled(string[] words, string run, int start)
    {
        var draws = new Draws(seed: 20, (ulong)start);
        var (kind, looks) = (draws.Below(0, 4), draws.Below(1, 2000));
        using var running = ProgramProcess.Start(words);
        if (kind > 0)
        {
            running.FirstLine();
        }

        if (kind > 1)
        {
            running.WaitUntil(() => HasPartial(run));
            looks %= 10;
        }

        for (; looks > 0 && !running.HasEnded; looks--)
        {
            HasPartial(run);
        }

        return running.Kill();
    }

    private static bool HasPartial(string run) => Directory.Exists(run) && Directory.EnumerateFiles(run, "*.partial", SearchOption.AllDirectories).Any();

    private static void Succeed(string[] words)
    {
        var result = ProgramProcess.Run(words);
        Assert.True(result.ExitCode == 0, result.Error);
    }

    private void AssertEqualToUndisturbed(string run)
    {
        SmallTraining.AssertEqualRuns(training.Run("undisturbed"), run);
        Assert.Empty(Directory.EnumerateFiles(run, "*.partial", SearchOption.AllDirectories));
    }

    private string[] Words(string run)
    {
        var words = training.Words(run);
        words[Array.IndexOf(words, "--epochs") + 1] = "6";
        return words;
    }
}
