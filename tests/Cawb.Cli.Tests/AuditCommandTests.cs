using System.Globalization;
using Cawb.TorchSharp;
using TorchSharp;
using TorchSharp.Modules;

namespace Cawb.Cli.Tests;

public sealed class AuditCommandTests
{
    private const int Epochs = 20;
    private const int BatchesPerEpoch = 50;

    private static readonly string[] Planned = ["--schedule", "cosine:durationEpochs=20", "--epochs", "20", "--batches", "50", "--base-lrs", "0.1"];

    [Fact]
    public void A_run_that_trained_as_planned_passes()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("log.csv", Csv("batch,loss,lr", batch => batch));
        var run = CommandRun.Of(["audit", file, .. Planned]);
        Assert.Equal((ExitCode.Done, "1000 values of lr: as planned by cosine.\n"), (run.ExitCode, run.Output));
    }

    [Fact]
    public void Steps_that_were_skipped_are_found_where_they_were()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("log.csv", Csv("iteration,loss,group 0 lr", batch => batch < 400 ? batch : batch - 3));
        var run = CommandRun.Of(["audit", file, .. Planned, "--json"]);
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        var finding = Assert.Single(run.Json().EnumerateArray());
        Assert.Equal(("group 0 lr", "skipped-steps", 400, 600), (finding.GetProperty("column").GetString(), finding.GetProperty("code").GetString(), finding.GetProperty("batch").GetInt32(), finding.GetProperty("batches").GetInt32()));
    }

    [Fact]
    public void Epochs_of_results_csv_are_read_with_the_value_of_their_first_batch_or_their_last()
    {
        using var folder = new TemporaryFolder();
        foreach (var offset in (int[])[0, BatchesPerEpoch - 1])
        {
            var lines = Enumerable.Range(0, Epochs).Select(epoch => string.Create(CultureInfo.InvariantCulture, $"   {epoch},  0.5,  {Rate((epoch * BatchesPerEpoch) + offset):g8},  {Rate((epoch * BatchesPerEpoch) + offset):g8}"));
            var file = folder.Write("results.csv", $"   epoch,  train/box_loss,  x/lr0,  x/lr1\n{string.Join('\n', lines)}\n");
            Assert.Equal("40 values of x/lr0, x/lr1: as planned by cosine.\n", CommandRun.Of(["audit", file, .. Planned]).Output);
            Assert.Equal("20 values of x/lr1: as planned by cosine.\n", CommandRun.Of(["audit", file, .. Planned, "--column", "x/lr1"]).Output);
        }
    }

    [Fact]
    public void Another_base_rate_is_one_finding()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("log.csv", Csv("batch,loss,lr", batch => batch));
        var run = CommandRun.Of("audit", file, "--schedule", "cosine:durationEpochs=20", "--epochs", "20", "--batches", "50", "--base-lrs", "0.2");
        Assert.StartsWith("lr: other-base: ", Assert.Single(run.Lines()), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_a_resumed_run_logged_again_count_as_it_went_on_with_them()
    {
        using var folder = new TemporaryFolder();
        var rows = Enumerable.Range(0, 500).Concat(Enumerable.Range(480, 520)).Select(batch => string.Create(CultureInfo.InvariantCulture, $"{batch},{Rate(batch):R}"));
        var file = folder.Write("log.csv", $"step,lr\n{string.Join('\n', rows)}\n");
        Assert.Equal(ExitCode.Done, CommandRun.Of(["audit", file, .. Planned]).ExitCode);
    }

    [Fact]
    public void Scalars_that_a_scheduled_optimizer_logged_to_TensorBoard_are_read_back()
    {
        using var folder = new TemporaryFolder();
        var writer = torch.utils.tensorboard.SummaryWriter(folder.Path("events"));
        using var optimizer = new SGD([new SGD.ParamGroup([], new SGD.Options { LearningRate = 0.1 }), new SGD.ParamGroup([], new SGD.Options { LearningRate = 0.02 })], 0.1, momentum: 0.9);
        var scheduled = optimizer.Follow(new CosineSchedule(Epochs), TrainingPlan.FromEpochs(Epochs, BatchesPerEpoch)).WithMomentum(new ConstantSchedule()).LogTo(writer, every: 25);
        // Killed at batch 600 and resumed from a checkpoint of batch 550.
        Walk(until: 600);
        scheduled.step(epoch: 550);
        Walk(until: Epochs * BatchesPerEpoch);

        var run = CommandRun.Of("audit", folder.Path("events"), "--schedule", "cosine:durationEpochs=20", "--epochs", "20", "--batches", "50", "--base-lrs", "0.1", "0.02");
        Assert.Equal("88 values of learningRate/group0, learningRate/group1: as planned by cosine.\n", run.Output);
        var momentum = CommandRun.Of("audit", folder.Path("events"), "--schedule", "constant", "--epochs", "20", "--batches", "50", "--base-lrs", "0.9", "--column", "momentum/group0");
        Assert.Equal(ExitCode.Done, momentum.ExitCode);

        void Walk(int until)
        {
            while (scheduled.Position < until)
            {
                scheduled.step();
            }
        }
    }

    [Theory]
    [InlineData("batch,loss\n0,1\n", "no column is named like a learning rate")]
    [InlineData("time,lr\n0,1\n", "no column counts batches or epochs")]
    [InlineData("batch,lr\n0,fast\n", "line 2, column lr: 'fast' is no finite number")]
    [InlineData("batch,lr\n0\n", "line 2: 1 cells for 2 columns")]
    [InlineData("batch,lr\n-1,0.1\n", "lies before the first (0)")]
    [InlineData("", "no column counts batches or epochs")]
    public void A_file_that_cannot_be_audited_is_refused_with_the_place(string text, string said)
    {
        using var folder = new TemporaryFolder();
        var run = CommandRun.OfProgram(["audit", folder.Write("log.csv", text), .. Planned]);
        Assert.Equal((ExitCode.BadInput, ""), (run.ExitCode, run.Output));
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void Damaged_events_are_refused()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Path("events.out.tfevents.1");
        File.WriteAllBytes(file, [.. Enumerable.Repeat((byte)0xEE, 64)]);
        var run = CommandRun.OfProgram(["audit", file, .. Planned]);
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("is damaged", run.Error, StringComparison.Ordinal);
    }

    private static double Rate(int batch) => 0.1 * (1 + Math.Cos(Math.PI * batch / (Epochs * BatchesPerEpoch))) / 2;

    private static string Csv(string heading, Func<int, int> plannedBatch) =>
        $"{heading}\n{string.Join('\n', Enumerable.Range(0, Epochs * BatchesPerEpoch).Select(batch => string.Create(CultureInfo.InvariantCulture, $"{batch},1.5,{Rate(plannedBatch(batch)):g8}")))}\n";
}
