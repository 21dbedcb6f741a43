namespace Cawb.Cli.Tests;

public sealed class LintCommandTests
{
    [Fact]
    public void Returns_success_when_there_are_only_notices()
    {
        var run = CommandRun.Of("lint", "cosine", "--warmup-epoch", "3", "--epochs", "100");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.StartsWith("notice first-batch-at-zero (batch 0): ", run.Output, StringComparison.Ordinal);
        Assert.Equal("1 notice", run.Lines()[^1]);
    }

    [Fact]
    public void Returns_failure_and_names_code_place_and_fix_when_a_boot_never_fires()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("long.json", """{"type": "cawb", "epochs": 200, "bootEpochs": [40, 160], "annealing": {"type": "linear", "offset": 0.1, "scale": 0.9}}""");
        var run = CommandRun.Of("lint", file, "--epochs", "100", "--json");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        var finding = Assert.Single(run.Json().EnumerateArray(), finding => finding.GetProperty("code").GetString() == "boot-never-fires");
        Assert.Equal("error", finding.GetProperty("severity").GetString());
        Assert.Equal("boot 2, epoch 160", finding.GetProperty("place").GetString());
        Assert.Equal(160, finding.GetProperty("epochs").GetDouble());
        Assert.Equal("long", finding.GetProperty("schedule").GetString());
    }

    [Fact]
    public void Says_so_when_there_is_nothing_to_say()
    {
        var run = CommandRun.Of("lint", "cosine", "--epochs", "100", "--base-lrs", "0.1");
        Assert.Equal((ExitCode.Done, "Nothing to complain about.\n"), (run.ExitCode, run.Output));
    }

    [Fact]
    public void Holds_rates_against_the_limit_that_is_given()
    {
        var run = CommandRun.Of("lint", "cosine", "--epochs", "100", "--base-lrs", "0.1", "--highest-rate", "0.01");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("rate-past-limit", run.Output, StringComparison.Ordinal);
    }
}
