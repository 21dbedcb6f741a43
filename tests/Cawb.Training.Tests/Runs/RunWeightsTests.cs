using Cawb.Tests;
using Cawb.Training.Runs;

namespace Cawb.Training.Tests.Runs;

public sealed class RunWeightsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_means_its_best_weights_and_a_file_means_itself()
    {
        var run = Run("exp", "best.safetensors", "last.safetensors");
        Assert.Equal(new RunWeights(Path.Combine(run, "best.safetensors"), ""), RunWeights.Of(run));
        Assert.Equal(new RunWeights(Path.Combine(run, "best.safetensors"), ""), RunWeights.Of(run + Path.DirectorySeparatorChar));
        Assert.Equal(new RunWeights(Path.Combine(run, "last.safetensors"), ""), RunWeights.Of(Path.Combine(run, "last.safetensors")));
        Assert.Equal(new RunWeights("nowhere.safetensors", ""), RunWeights.Of("nowhere.safetensors"));
    }

    [Fact]
    public void A_run_without_best_weights_means_its_last_ones_and_says_so()
    {
        var run = Run("exp", "last.safetensors");
        Assert.Equal(new RunWeights(Path.Combine(run, "last.safetensors"), $"{run} has no best.safetensors; its last.safetensors is taken."), RunWeights.Of(run));
    }

    [Theory]
    [InlineData("weights/best.pt", "best.safetensors")]
    [InlineData("weights/last.pt", "last.safetensors")]
    [InlineData("best.pt", "best.safetensors")]
    public void The_paths_that_YOLOv5_has_mean_the_file_in_their_place(string typed, string meant)
    {
        var run = Run("exp", "best.safetensors", "last.safetensors");
        var path = Path.Combine(run, typed);
        Assert.Equal(new RunWeights(Path.Combine(run, meant), $"{path} is {Path.Combine(run, meant)} here, which is taken."), RunWeights.Of(path));
        Assert.Equal(run, RunWeights.RunOf(path));
        Assert.Equal(Path.Combine(run, "best.safetensors"), RunWeights.Of(Path.Combine(run, "weights", "best.pt")).Path);
    }

    [Fact]
    public void What_has_no_weights_is_refused_with_what_to_do()
    {
        var run = Run("exp");
        Run("exp2");
        Directory.CreateDirectory(folder.Of("empty"));
        Refused(run, $"the run has no weights yet; they come with the first epoch that is validated. Go on with it first: ./cawb train --resume {run}");
        Refused(Path.Combine(run, "weights", "best.pt"), "has no best.safetensors. Name the run alone");
        Refused(folder.Path, "has runs in it (exp, exp2) and is none itself");
        Refused(folder.Of("empty"), "this folder is no run; it has no run.json");
    }

    private static void Refused(string path, string expected) => Assert.Contains(expected, Assert.Throws<InputException>(() => RunWeights.Of(path)).Message, StringComparison.Ordinal);

    private string Run(string name, params string[] files)
    {
        Directory.CreateDirectory(folder.Of(name));
        foreach (var file in files.Append("run.json"))
        {
            File.WriteAllText(folder.Of(name, file), "");
        }

        return folder.Of(name);
    }
}
