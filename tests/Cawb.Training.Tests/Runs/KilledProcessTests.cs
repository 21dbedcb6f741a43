using System.Diagnostics;
using System.IO.Pipes;
using Cawb.Tests;
using Cawb.Training.Runs;

namespace Cawb.Training.Tests.Runs;

/// <summary>Real processes that are killed while they write.</summary>
public class KilledProcessTests
{
    private const string FolderVariable = "CAWB_TEST_KILL_FOLDER";
    private const string PipeVariable = "CAWB_TEST_KILL_PIPE";

    /// <summary>Not a test by itself: the process that the others start and kill. It says when it is about to write, and goes on for ever.</summary>
    [Fact(Explicit = true)]
    public void Writes_checkpoints_until_it_is_killed()
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable) ?? throw new InvalidOperationException("Started by hand.");
        using var pipe = new NamedPipeClientStream(".", Environment.GetEnvironmentVariable(PipeVariable) ?? "", PipeDirection.Out);
        pipe.Connect();
        using var run = RunDirectory.Open(folder);
        var padding = new string('x', 300_000);
        for (var epoch = 1; ; epoch++)
        {
            pipe.WriteByte(1);
            run.Metrics.Append([epoch, epoch, epoch], [1]);
            pipe.WriteByte(1);
            run.SaveCheckpoint(epoch % 3 == 0 ? [RunDirectory.LastSlot, RunDirectory.BestSlot] : [RunDirectory.LastSlot], RunSample.Content(epoch, padding));
        }
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 300)]
    [InlineData(3, 0)]
    [InlineData(4, 20_000)]
    [InlineData(7, 3_000)]
    [InlineData(12, 100_000)]
    public async Task Leaves_a_checkpoint_that_loads_whenever_it_is_killed(int steps, int spins)
    {
        using var folder = new TemporaryFolder();
        RunDirectory.Create(folder.Of("a"), RunSample.Definition(), RunSample.Columns).Dispose();
        var pipeName = "cawb-kill-" + Path.GetFileName(folder.Path);
        using var pipe = new NamedPipeServerStream(pipeName, PipeDirection.In);
        using var child = Start(folder.Of("a"), pipeName);
        try
        {
            await pipe.WaitForConnectionAsync().WaitAsync(TimeSpan.FromSeconds(60));
            for (var i = 0; i < steps; i++)
            {
                Assert.Equal(1, pipe.ReadByte());
            }
            Thread.SpinWait(spins);
            Assert.StartsWith(folder.Of("a") + ": is in use by another process.", Assert.Throws<RunInUseException>(() => RunDirectory.Open(folder.Of("a"))).Message, StringComparison.Ordinal);
        }
        finally
        {
            child.Kill();
            await child.WaitForExitAsync();
        }

        using var run = RunDirectory.Open(folder.Of("a"));
        Assert.DoesNotContain(Directory.EnumerateFiles(folder.Path, "*.partial", SearchOption.AllDirectories), _ => true);
        if (!run.HasCheckpoint(RunDirectory.LastSlot))
        {
            Assert.True(steps <= 2);
            run.RewindToStart();
            return;
        }
        var last = run.LoadCheckpoint(RunDirectory.LastSlot);
        Assert.StartsWith($"weights of epoch {last.Epoch} ", RunSample.Weights(last), StringComparison.Ordinal);
        Assert.True(last.Epoch >= (steps - 2) / 2, $"Epoch {last.Epoch} after {steps} steps.");
        run.RewindTo(last);
        Assert.Equal(last.Epoch, RunRecord.Read(run.Path).Metrics.RowCount);
        Assert.All(run.Slots, slot => run.LoadCheckpoint(slot));
    }

    private static Process Start(string folder, string pipeName)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath ?? throw new InvalidOperationException("No process path."));
        var assembly = typeof(KilledProcessTests).Assembly.Location;
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(assembly);
        }
        else
        {
            start.FileName = Path.ChangeExtension(assembly, null);
        }
        foreach (var argument in new[] { "-explicit", "only", "-method", $"{typeof(KilledProcessTests).FullName}.{nameof(Writes_checkpoints_until_it_is_killed)}" })
        {
            start.ArgumentList.Add(argument);
        }
        start.Environment[FolderVariable] = folder;
        start.Environment[PipeVariable] = pipeName;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        return Process.Start(start) ?? throw new InvalidOperationException("Could not be started.");
    }
}
