using System.Globalization;
using System.Text.Json;
using Cawb.Tests.Reference;

namespace Cawb.Cli.Tests;

public sealed class AsTrainedTests
{
    [Fact]
    public void A_table_has_the_rates_and_the_momentum_that_the_release_recorded_for_its_groups()
    {
        using var folder = new TemporaryFolder();
        using var document = JsonDocument.Parse(File.ReadAllText(ReferenceFolder.Of("yolov5", "schedule.json")));
        foreach (var run in document.RootElement.GetProperty("runs").EnumerateArray())
        {
            var hyper = folder.Write("hyp.json", $$"""
                {"lr0": {{Raw("lr0")}}, "lrf": {{Raw("lrf")}}, "momentum": {{Raw("momentum")}}, "warmup_epochs": {{Raw("warmup_epochs")}}, "warmup_min_batches": {{Raw("warmup_floor")}}}
                """);
            var perEpoch = run.GetProperty("batches_per_epoch").GetInt32();
            var rows = run.GetProperty("rows").EnumerateArray().Where(row => row.GetProperty("iteration").GetInt64() < perEpoch * run.GetProperty("epochs").GetInt64()).ToList();
            var moments = rows.Select(row => (row.GetProperty("iteration").GetInt64() / (double)perEpoch).ToString("R", CultureInfo.InvariantCulture));
            var table = CommandRun.Of(
            [
                "table", run.GetProperty("cosine").GetBoolean() ? "yolov5-cosine" : "yolov5", "--as-trained", "--hyp", hyper, "--batch-size", Raw("batch"), "--epochs", Raw("epochs"),
                "--batches", Raw("batches_per_epoch"), "--format", "csv", "--at", .. moments,
            ]).Lines();
            Assert.Equal("epoch,learningRate (biases),learningRate (kernels and scales),momentum (all groups),weightDecay (kernels)", table[0]);
            foreach (var (row, line) in rows.Zip(table.Skip(1)))
            {
                var values = line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray();
                Assert.Equal(row.GetProperty("lr_bias").GetDouble(), values[1], 1e-10);
                Assert.Equal(row.GetProperty("lr_other").GetDouble(), values[2], 1e-10);
                Assert.Equal(row.GetProperty("momentum").GetDouble(), values[3], 1e-10);
            }

            string Raw(string name) => run.GetProperty(name).GetRawText();
        }
    }

    [Fact]
    public void A_plot_draws_rates_and_momentum_into_files_of_their_own()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Path("seen.svg");
        var run = CommandRun.Of("plot", "cawb", "--steps", "5", "10", "--as-trained", "--warmup", "yolov5", "--epochs", "20", "--batches", "60", "--out", file);
        Assert.Equal([file, folder.Path("seen-momentum.svg")], run.Lines());
        Assert.Contains("kernels and scales", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.True(File.Exists(folder.Path("seen-momentum.svg")));
    }

    [Theory]
    [InlineData("--hyp", "plot", "cosine", "--hyp", "hyp/digits.json")]
    [InlineData("--batch-size", "table", "cosine", "--batch-size", "4")]
    [InlineData("--base-lrs", "plot", "cosine", "--as-trained", "--base-lrs", "0.1")]
    [InlineData("--eta-min", "plot", "yolov5", "--as-trained", "--eta-min", "0.1")]
    [InlineData("warm-up of its own", "plot", "cosine", "--warmup-epoch", "3", "--as-trained", "--warmup", "yolov5")]
    public void What_does_not_go_together_is_refused(string said, params string[] words)
    {
        var run = CommandRun.OfProgram(words);
        Assert.Equal((ExitCode.BadInput, ""), (run.ExitCode, run.Output));
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }
}
