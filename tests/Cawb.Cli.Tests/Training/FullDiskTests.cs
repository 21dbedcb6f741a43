using System.Diagnostics;

namespace Cawb.Cli.Tests.Training;

/// <summary>A disk that fills up at different moments of a run, or takes nothing at all.</summary>
public sealed class FullDiskTests(UndisturbedRun undisturbed) : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private bool isMounted;

    private string Disk => folder.Path("disk");

    public void Dispose()
    {
        if (isMounted)
        {
            System("umount", Disk);
        }

        folder.Dispose();
    }

    [Fact]
    public void A_disk_too_full_for_the_records_gets_no_run()
    {
        Mount("4k");
        Refusal.Says(Refusal.Of(undisturbed.Training.Words(Path.Combine(Disk, "run"))), Path.Combine(Disk, "run"), "the disk is full", "Free some space");
        Assert.Empty(Directory.EnumerateFileSystemEntries(Disk));
    }

    // The weights take about 7 MiB and a checkpoint about 21 MiB. What does not fit: anything but the records, the weights, the first checkpoint, the second.
    [Theory]
    [InlineData("8k")]
    [InlineData("4m")]
    [InlineData("24m")]
    [InlineData("44m")]
    public void A_run_that_met_a_full_disk_goes_on_when_there_is_space(string size)
    {
        Mount(size);
        var run = Path.Combine(Disk, "run");
        Refusal.Says(Refusal.Of(undisturbed.Training.Words(run)), run, "the disk is full", "Free some space", "--resume");
        Assert.True(File.Exists(Path.Combine(run, "run.json")));
        Assert.Empty(Directory.EnumerateFiles(run, "*.partial", SearchOption.AllDirectories));

        Assert.True(System("mount", "-o", "remount,size=200m", Disk));
        var resumed = CommandRun.OfProgram("train", "--resume", run);
        Assert.True(resumed.ExitCode == 0, resumed.Error);
        SmallTraining.AssertEqualRuns(undisturbed.Path, run);
    }

    [Fact]
    public void A_disk_that_became_read_only_gets_no_run_and_keeps_the_one_it_has_as_it_is()
    {
        Mount("200m");
        var run = Path.Combine(Disk, "run");
        using (var running = ProgramProcess.Start(undisturbed.Training.Words(run)))
        {
            Assert.True(running.WaitUntil(() => File.Exists(Path.Combine(run, "checkpoints", "last.checkpoint"))));
            running.Kill();
        }

        var before = Files();
        Assert.True(System("mount", "-o", "remount,ro", Disk));
        Refusal.Says(Refusal.Of("train", "--resume", run), run, "cannot be written", "writable disk");
        Refusal.Says(Refusal.Of(undisturbed.Training.Words(Path.Combine(Disk, "other"))), Path.Combine(Disk, "other"), "cannot be written", "writable disk");
        Assert.Equal(before, Files());

        Assert.True(System("mount", "-o", "remount,rw", Disk));
        var resumed = CommandRun.OfProgram("train", "--resume", run);
        Assert.True(resumed.ExitCode == 0, resumed.Error);
        SmallTraining.AssertEqualRuns(undisturbed.Path, run);

        (string Path, long Length, DateTime Written)[] Files() => [.. new DirectoryInfo(Disk).EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => (file.FullName, file.Length, file.LastWriteTimeUtc)).Order()];
    }

    private void Mount(string size)
    {
        Directory.CreateDirectory(Disk);
        isMounted = OperatingSystem.IsLinux() && System("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", Disk);
        Assert.SkipUnless(isMounted, "Mounting a small disk is not permitted here.");
    }

    private static bool System(params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardError = true }) ?? throw new InvalidOperationException(words[0]);
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
