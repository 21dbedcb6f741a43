using Cawb.Training;

namespace Cawb.Cli.Tests;

public sealed class TableCommandTests
{
    [Fact]
    public void Prints_a_line_of_a_batch_for_every_group()
    {
        var run = CommandRun.Of("table", "linear", "--eta-min", "0", "--per-batch", "--epochs", "2", "--batches", "2", "--base-lrs", "0.1", "0.01");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(
            [
                "epoch  learningRate0  learningRate1",
                "    0            0.1           0.01",
                "  0.5          0.075         0.0075",
                "    1           0.05          0.005",
                "  1.5          0.025         0.0025",
            ],
            run.Lines());
    }

    [Fact]
    public void Gives_the_article_s_numbers_from_the_author_s_flags()
    {
        var run = CommandRun.Of(
            "table", "--schedule", "cawb", "--steps", "30", "80", "--step-scale", "0.7", "--epoch-scale", "4", "--warmup-epoch", "3", "--epochs", "150", "--base-lrs", "0.1",
            "--lf", "(((1 + math.cos(x * math.pi / y)) / 2) ** 1.0) * 0.65 + 0.35", "--at", "0", "3", "30", "80", "--format", "csv");
        // The warm-up starts at 0 and ends at the peak; each boot starts at 0.7 times the start before.
        Assert.Equal(["epoch,learningRate", "0,0", "3,0.1", "30,0.06999999999999999", "80,0.048999999999999995"], run.Lines());
    }

    [Fact]
    public void Gives_another_library_s_numbers_by_its_own_names()
    {
        // PyTorch's cosine is at half its height in the middle and at eta_min at T_max.
        var run = CommandRun.Of("table", "--from", "torch.CosineAnnealingLR", """{"T_max": 50}""", "--base-lrs", "0.1", "--at", "0", "25", "50", "--json");
        var rows = run.Json().GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("learningRates")[0].GetDouble()).ToArray();
        Assert.Equal(0.1, rows[0]);
        Assert.Equal(0.05, rows[1], 1e-15);
        Assert.Equal(0, rows[2], 1e-15);
    }

    [Fact]
    public void Reads_a_schedule_from_a_file_and_takes_the_run_s_length_from_it()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("stair.json", """{"type": "linear", "durationEpochs": 4}""");
        Assert.Equal(["0,1", "1,0.75", "2,0.5", "3,0.25"], CommandRun.Of("table", file, "--format", "csv").Lines().Skip(1));
    }

    [Theory]
    [InlineData("--at", "-1", "--at: a moment is a number of epochs, 0 or more; got -1.")]
    [InlineData("--epochs", "0", "--epochs must be between 1 and 10000000; got 0.")]
    [InlineData("--base-lrs", "0", "--base-lrs: a base learning rate must be a finite number above 0; got 0.")]
    public void Refuses_an_argument_outside_its_range(string option, string value, string message)
    {
        var refusal = Assert.Throws<InputException>(() => CommandRun.Of("table", "cosine", option, value));
        Assert.Equal(message, refusal.Message);
    }

    [Fact]
    public void Refuses_a_name_that_is_no_schedule()
    {
        var refusal = Assert.Throws<InputException>(() => CommandRun.Of("table", "cosin"));
        Assert.StartsWith("There is no schedule 'cosin'.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_two_schedules()
    {
        var refusal = Assert.Throws<InputException>(() => CommandRun.Of("table", "cosine", "linear"));
        Assert.Equal("This command looks at one schedule; got 2: cosine, linear.", refusal.Message);
    }
}
