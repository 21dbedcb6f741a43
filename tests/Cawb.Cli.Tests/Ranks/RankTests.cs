using System.Globalization;
using System.Text.Json;
using Cawb.Cli.Tests.Training;
using Cawb.Detection.Data;
using Cawb.Detection.Weights;
using Cawb.Tests.Reference;
using Cawb.Training.Options;
using Cawb.Training.Runs;

namespace Cawb.Cli.Tests.Ranks;

/// <summary>One run over several ranks under Open MPI. <c>./build.sh test-mpi</c> installs it and runs these.</summary>
[Trait("Category", "Mpi")]
public sealed class RankTests : IDisposable
{
    private readonly SmallTraining training = new();

    private string Run => training.Run("run");

    public void Dispose() => training.Dispose();

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Ranks_give_the_bits_of_one_process_that_trains_their_parts_one_after_another(int ranks)
    {
        // Batches of six and three images: on four ranks parts of two, one and none.
        Succeed(ranks, Words(Run, "6"));
        AssertBits(PartsInTurn.Train(OptionsOf(Run), ScheduleOf(Run), DetectionData.Open(training.Data.Folder, CancellationToken.None), ranks), Run);
        Assert.Equal((ranks, false, false), Recorded(Run));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void With_shared_normalisations_ranks_do_what_one_process_does(int ranks)
    {
        // One step: after several, rounding has grown, as it has on one process with another number of threads.
        Succeed(ranks, [.. OneStep(Run), "--sync-bn"]);
        Assert.Equal((ranks, true, false), Recorded(Run));
        var alone = training.Run("alone");
        Assert.Equal(0, CommandRun.OfProgram(OneStep(alone)).ExitCode);
        Assert.InRange(Difference(Weights(alone), Weights(Run)), 0, 1e-5);

        // What each rank does by itself without them is far from it.
        var data = DetectionData.Open(training.Data.Folder, CancellationToken.None);
        var apart = PartsInTurn.Train(OptionsOf(Run), ScheduleOf(Run), data, ranks);
        Assert.True(Difference(Weights(alone), apart) > 1e-3);

        string[] OneStep(string run) => [.. Words(run, "9", epochs: "1"), "--schedule", "constant"];
    }

    [Fact]
    public void Gradients_in_any_order_are_recorded_and_train()
    {
        Succeed(2, [.. Words(Run, "6"), "--fast-reduce"]);
        Assert.Equal((2, false, true), Recorded(Run));

        // Two numbers have one sum in either order.
        AssertBits(PartsInTurn.Train(OptionsOf(Run), ScheduleOf(Run), DetectionData.Open(training.Data.Folder, CancellationToken.None), 2), Run);
    }

    [Fact]
    public void A_run_whose_ranks_were_asked_to_stop_and_killed_goes_on_to_the_same_bytes()
    {
        // Batches of three, two to a step and three to an epoch: a stop leaves gradients that every rank has for itself.
        var whole = training.Run("whole");
        Succeed(2, training.Words(whole));
        using (var running = RankedProcess.Start(2, training.Words(Run)))
        {
            Assert.Contains(Run, running.FirstLine(), StringComparison.Ordinal);
            RankedProcess.Signal(running, 1, "TERM");
            var end = running.End();
            Assert.NotEqual(0, end.ExitCode);
            Assert.Equal(1, Count(end.Error, "Interrupted; everything so far is kept."));
        }

        using (var resumed = RankedProcess.Start(2, "train", "--resume", Run))
        {
            Assert.True(resumed.WaitUntil(() => File.Exists(Path.Combine(Run, "checkpoints", "best.checkpoint"))));
            var ids = RankedProcess.IdsOf(resumed);
            RankedProcess.Signal(resumed, 1, "KILL");
            var end = resumed.End();
            Assert.NotEqual(0, end.ExitCode);
            Assert.Contains("exited on signal 9 (Killed)", end.Error, StringComparison.Ordinal);
            Assert.False(RankedProcess.HasRanks(ids));
        }

        Assert.False(File.Exists(Path.Combine(Run, "last.safetensors")));
        Succeed(2, "train", "--resume", Run);
        SmallTraining.AssertEqualRuns(whole, Run);
    }

    [Fact]
    public void A_run_goes_on_with_other_numbers_of_ranks_and_says_what_that_means()
    {
        using (var running = RankedProcess.Start(2, training.Words(Run)))
        {
            running.FirstLine();
            RankedProcess.Signal(running, 0, "TERM");
            Assert.NotEqual(0, running.End().ExitCode);
        }

        var onOne = ProgramProcess.Start("train", "--resume", Run);
        Assert.Contains(Run, onOne.FirstLine(), StringComparison.Ordinal);
        onOne.Signal("TERM");
        Assert.Contains("The run began on 2 ranks and goes on with 1 rank:", onOne.End().Output, StringComparison.Ordinal);
        onOne.Dispose();
        var resumed = Succeed(3, "train", "--resume", Run);
        Assert.Contains("The run began on 2 ranks and goes on with 3 ranks: the same images in the same order", resumed.Output, StringComparison.Ordinal);
        Assert.Contains("its bits are no longer those of a run on 2 ranks throughout", resumed.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Run, "last.safetensors")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_rank_that_hangs_ends_all_of_them_and_says_what_was_waited_for(int rank)
    {
        using var running = RankedProcess.Start(2, [.. training.Words(Run), "--rank-timeout", "2"]);
        running.FirstLine();
        var ids = RankedProcess.IdsOf(running);
        RankedProcess.Signal(running, rank, "STOP");
        var end = running.End();
        Assert.Equal(1, end.ExitCode);
        Assert.Matches(@"cawb: rank \d has waited 2 s for the other ranks at (epoch \d, batch \d|the [a-z ]+( \d)?|rank 0, which opens the run): one of them hangs", OneLine(end.Error));
        Assert.Equal(1, Count(end.Error, "one of them hangs"));
        Assert.False(RankedProcess.HasRanks(ids));
    }

    [Fact]
    public void A_fault_of_one_rank_ends_all_with_its_paragraph()
    {
        // The header is whole, so the data set opens; whichever rank decodes the image finds the fault, and both may.
        var picture = training.Data.File("images", "train", "4.png");
        var bytes = File.ReadAllBytes(picture);
        bytes[^20] ^= 0x55;
        File.WriteAllBytes(picture, bytes);
        var end = RankedProcess.Run(2, Words(Run, "6"));
        Assert.Equal(2, end.ExitCode);
        Assert.Equal(1, Count(end.Error, "4.png"));
        Assert.True(Directory.Exists(Run));
    }

    [Fact]
    public void A_loss_that_is_not_finite_is_found_by_all_ranks_and_told_once()
    {
        training.Write("hyp.json", """{ "lr0": 1e30, "nominal_batch": 3 }""");
        var end = RankedProcess.Run(2, training.Words(Run));
        Assert.Equal(1, end.ExitCode);
        Assert.Equal(1, Count(end.Error, "at epoch "));
    }

    [Theory]
    [InlineData("--epochs must be a whole number", "train", "--data", "x", "--epochs", "none")]
    [InlineData("cawb train takes no '--no-such'.", "train", "--no-such")]
    [InlineData("no-such-folder", "train", "--data", "no-such-folder")]
    [InlineData("mpirun started 2 processes, and each of them would run the whole of cawb find-lr: of all commands only train shares its work out.", "find-lr", "--data", "x")]
    [InlineData("mpirun started 2 processes, and each of them would run the whole of cawb compare", "compare", "plan.json")]
    [InlineData("mpirun started 2 processes, and each of them would run the whole of cawb val", "val", "x", "y")]
    public void What_cannot_be_is_refused_once(string paragraph, params string[] words)
    {
        var end = RankedProcess.Run(2, words);
        Assert.Equal(2, end.ExitCode);
        Assert.Equal(1, Count(end.Error, "cawb: "));
        Assert.Contains(paragraph, OneLine(end.Error), StringComparison.Ordinal);
    }

    [Fact]
    public void The_commands_of_the_page_run()
    {
        // On the small data set, and as short as can be; srun's under mpirun.
        var commands = File.ReadLines(Path.Combine(ReferenceFolder.Repository, "docs", "ranks.md")).Where(line => line.Contains("run ", StringComparison.Ordinal) && line.Contains(" ./cawb train ", StringComparison.Ordinal)).ToArray();
        Assert.Equal(["mpirun", "mpirun", "srun"], commands.Select(command => command.Split(' ')[0]));
        foreach (var (command, number) in commands.Select((command, i) => (command, i)))
        {
            var (launch, typed) = (command.Split(" ./cawb ")[0].Split(' '), command.Split(" ./cawb ")[1]);
            var words = ShellWords.Split($"./cawb {typed}").Select(word => word switch
            {
                "data/digits" => training.Data.Folder,
                "hyp/digits.json" => Path.Combine(ReferenceFolder.Repository, word),
                "runs/train/exp" => training.Run("page-0"),
                "20" => "1",
                "96" => "64",
                _ => word,
            });
            string[] run = words.Contains("--resume") ? [.. words] : [.. words, "--out", training.Run($"page-{number}")];
            Succeed(launch[0] == "mpirun" ? int.Parse(launch[2], CultureInfo.InvariantCulture) : 2, run);
        }
    }

    private static CommandRun Succeed(int ranks, params string[] words)
    {
        var end = RankedProcess.Run(ranks, words);
        Assert.True(end.ExitCode == 0, end.Error);
        Assert.Equal("", end.Error);
        return end;
    }

    // Every batch makes a step.
    private string[] Words(string run, string batchSize, string epochs = "2")
    {
        training.Write("hyp.json", """{ "lr0": 0.002, "nominal_batch": 3 }""");
        var words = training.WordsWithoutSchedule(run);
        words[Array.IndexOf(words, "--batch-size") + 1] = batchSize;
        words[Array.IndexOf(words, "--epochs") + 1] = epochs;
        return words;
    }

    private static (int Ranks, bool SyncBn, bool FastReduce) Recorded(string run)
    {
        using var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "run.json")));
        var options = record.RootElement.GetProperty("options");
        return (options.GetProperty("ranks").GetInt32(), options.GetProperty("syncBn").GetBoolean(), options.GetProperty("fastReduce").GetBoolean());
    }

    private static TrainOptions OptionsOf(string run) => TrainOptions.FromJson(RunRecord.Read(run).Definition.OptionsJson, run);

    private static Schedule ScheduleOf(string run) => ScheduleText.Parse(RunRecord.Read(run).Definition.ScheduleJson);

    private static void AssertBits(Dictionary<string, float[]> expected, string run)
    {
        var actual = Weights(run);
        foreach (var (name, values) in expected)
        {
            Assert.True(values.AsSpan().SequenceEqual(actual[name]), $"{name} differs.");
        }
    }

    private static Dictionary<string, float[]> Weights(string run)
    {
        using var content = Safetensors.Read(Path.Combine(run, "last.safetensors"));
        return content.Tensors.Where(tensor => !tensor.Key.EndsWith(".anchors", StringComparison.Ordinal)).ToDictionary(tensor => tensor.Key, tensor => tensor.Value.contiguous().data<float>().ToArray());
    }

    // The largest, in parts of the largest number that there is.
    private static double Difference(Dictionary<string, float[]> expected, Dictionary<string, float[]> actual) =>
        expected.Max(tensor => tensor.Value.Zip(actual[tensor.Key]).Max(pair => Math.Abs(pair.First - pair.Second))) / (double)expected.Max(tensor => tensor.Value.Max(Math.Abs));

    private static int Count(string text, string part) => OneLine(text).Split(part).Length - 1;

    private static string OneLine(string text) => string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
}
