namespace Cawb.Cli.Tests.Training;

/// <summary>Run directories that <c>train</c> refuses to make or to go on with.</summary>
public sealed class RunDirectoryRefusalTests : IDisposable
{
    private readonly SmallTraining training = new();

    public void Dispose() => training.Dispose();

    [Fact]
    public void A_run_below_a_file_is_refused()
    {
        var file = training.Write("file", "In the way.");
        var run = Path.Combine(file, "run");
        Refusal.Says(Refusal.Of(training.Words(run)), run, "cannot be written", $"{file} is a file, not a folder", "Choose another place");
        Assert.Equal("In the way.", File.ReadAllText(file));
    }

    [Fact]
    public void A_run_in_the_place_of_a_file_is_refused()
    {
        var file = training.Write("file", "In the way.");
        Refusal.Says(Refusal.Of(training.Words(file)), file, "exists and is a file", "a directory of its own");
        Assert.Equal("In the way.", File.ReadAllText(file));
    }

    [Fact]
    public void A_run_on_a_file_system_that_takes_none_is_refused()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self"), "Needs /proc.");
        Refusal.Says(Refusal.Of(training.Words("/proc/cawb/run")), "/proc/cawb/run", "cannot be written", "Choose a folder on a writable disk");
    }

    [Fact]
    public void A_folder_with_something_in_it_is_left_alone()
    {
        var folder = Directory.CreateDirectory(training.Run("full")).FullName;
        File.WriteAllText(Path.Combine(folder, "diary.txt"), "Dear diary");
        Refusal.Says(Refusal.Of(training.Words("full")), folder, "exists and is not empty", "a directory of its own");
        Assert.Equal("diary.txt", Path.GetFileName(Assert.Single(Directory.EnumerateFileSystemEntries(folder))));
        Assert.Single(Directory.EnumerateFileSystemEntries(training.Runs));
    }

    [Fact]
    public void Nothing_goes_on_from_a_folder_that_is_no_run()
    {
        Refusal.Says(Refusal.Of("train", "--resume", training.Data.Folder), training.Data.Folder, "is not a run", "run.json", "Name the directory");
        Refusal.Says(Refusal.Of("train", "--resume", training.Run("none")), training.Run("none"), "no such run", "typing error");
        training.AssertNothingWritten();
    }

    [Fact]
    public void A_run_goes_on_with_what_it_began_with()
    {
        Refusal.Says(Refusal.Of("train", "--resume", training.Run("any"), "--batch-size", "8"), "--batch-size cannot be given with --resume", "Leave it out");
        training.AssertNothingWritten();
    }

    [Fact]
    public void A_run_that_another_process_has_is_left_alone()
    {
        var words = training.Words("busy");
        words[Array.IndexOf(words, "--epochs") + 1] = "1000";
        using var running = ProgramProcess.Start(words);
        Assert.NotEqual("", running.FirstLine());
        var second = CommandRun.OfProgram("train", "--resume", training.Run("busy"));
        Assert.Equal(ExitCode.TryAgain, second.ExitCode);
        Refusal.Says(second.Error, training.Run("busy"), "in use by another process", "Wait until it has finished");
        Refusal.Says(Refusal.Of(training.Words("busy")), training.Run("busy"), "already holds a run", "--resume");
        Assert.True(running.Kill());
    }

    [Fact]
    public void A_run_that_another_libtorch_began_does_not_go_on_and_nothing_of_it_is_changed()
    {
        Assert.Equal(0, CommandRun.OfProgram(training.Words("former")).ExitCode);
        var definition = Path.Combine(training.Run("former"), "run.json");
        var now = File.ReadAllText(definition);
        var former = System.Text.RegularExpressions.Regex.Replace(now, "\"libtorch\": \"[0-9.]+\"", "\"libtorch\": \"1.13.0\"");
        Assert.NotEqual(now, former);
        File.WriteAllText(definition, former);
        var before = Directory.EnumerateFiles(training.Run("former"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToArray();
        Refusal.Says(
            Refusal.Of("train", "--resume", training.Run("former")),
            training.Run("former"), "began with libtorch 1.13.0", "its bits cannot be continued", $"--weights {Path.Combine(training.Run("former"), "best.safetensors")}");
        Assert.Equal(before, Directory.EnumerateFiles(training.Run("former"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes));
    }

    [Fact]
    public void A_run_whose_data_set_changed_does_not_go_on()
    {
        using (var running = ProgramProcess.Start(training.Words("run")))
        {
            Assert.NotEqual("", running.FirstLine());
            running.Kill();
        }

        var annotations = training.Data.File("annotations", "instances_train.json");
        File.WriteAllText(annotations, File.ReadAllText(annotations).Replace("thing 0", "thing zero", StringComparison.Ordinal));
        var validation = training.Data.File("annotations", "instances_val.json");
        File.WriteAllText(validation, File.ReadAllText(validation).Replace("thing 0", "thing zero", StringComparison.Ordinal));
        Refusal.Says(Refusal.Of("train", "--resume", training.Run("run")), training.Run("run"), "no longer the one that the run began with", "start a new run");
    }

    [Fact]
    public void A_damaged_checkpoint_is_named()
    {
        using (var running = ProgramProcess.Start(training.Words("run")))
        {
            Assert.True(running.WaitUntil(() => File.Exists(Path.Combine(training.Run("run"), "checkpoints", "last.checkpoint"))));
            running.Kill();
        }

        foreach (var tensors in Directory.EnumerateFiles(Path.Combine(training.Run("run"), "checkpoints"), "*.safetensors"))
        {
            var bytes = File.ReadAllBytes(tensors);
            bytes[bytes.Length / 2] ^= 1;
            File.WriteAllBytes(tensors, bytes);
        }

        Refusal.Says(Refusal.Of("train", "--resume", training.Run("run")), training.Run("run"), "-tensors.safetensors", "the checkpoint is damaged", "SHA-256");
    }
}
