using Cawb.Tests;
using Cawb.Training.Runs;

namespace Cawb.Training.Tests.Runs;

public sealed class NewestRunTests
{
    [Fact]
    public void The_newest_run_is_the_one_that_was_trained_last_and_not_the_one_that_was_begun_last()
    {
        using var folder = new TemporaryFolder();
        Make(folder.Of("early"), begun: 1, trained: 5);
        Make(folder.Of("late"), begun: 3, trained: 4);
        Make(folder.Of("comparison/runs/newest"), begun: 8, trained: 9);
        Directory.CreateDirectory(folder.Of("empty"));
        Assert.Equal(folder.Of("early"), NewestRun.Under(folder.Path));
    }

    [Fact]
    public void Without_runs_there_is_none()
    {
        using var folder = new TemporaryFolder();
        Assert.Null(NewestRun.Under(folder.Path));
        Assert.Null(NewestRun.Under(folder.Of("nowhere")));
    }

    private static void Make(string run, int begun, int trained)
    {
        Directory.CreateDirectory(Path.Combine(run, "checkpoints"));
        foreach (var (name, time) in new[] { ("run.json", begun), ("metrics.csv", begun), ("checkpoints/last.checkpoint", trained) })
        {
            var path = Path.Combine(run, name);
            File.WriteAllText(path, "");
            File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch.AddDays(time));
        }
    }
}
