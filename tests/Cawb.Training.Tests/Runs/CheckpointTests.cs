using Cawb.Reports.Files;
using Cawb.Tests;
using Cawb.Training.Runs;

namespace Cawb.Training.Tests.Runs;

public class CheckpointTests
{
    [Fact]
    public void Gives_back_what_was_saved()
    {
        using var folder = new TemporaryFolder();
        using (var run = RunDirectory.Create(folder.Of("a"), RunSample.Definition(), RunSample.Columns))
        {
            run.SaveCheckpoint([RunDirectory.LastSlot, RunDirectory.BestSlot], RunSample.Content(1));
            run.SaveCheckpoint([RunDirectory.LastSlot], RunSample.Content(2));
        }
        using var opened = RunDirectory.Open(folder.Of("a"));
        var last = opened.LoadCheckpoint(RunDirectory.LastSlot);
        Assert.Equal((2, 188, """{"position":2}""", "weights of epoch 2"), (last.Epoch, last.Batch, last.StateJson, RunSample.Weights(last)));
        Assert.Equal("weights of epoch 1", RunSample.Weights(opened.LoadCheckpoint(RunDirectory.BestSlot)));
        Assert.Equal(["best", "last"], opened.Slots);
    }

    [Fact]
    public void Keeps_no_file_that_no_slot_names()
    {
        using var folder = new TemporaryFolder();
        using var run = RunDirectory.Create(folder.Of("a"), RunSample.Definition(), RunSample.Columns);
        for (var epoch = 1; epoch <= 5; epoch++)
        {
            run.SaveCheckpoint(epoch == 3 ? [RunDirectory.LastSlot, RunDirectory.BestSlot] : [RunDirectory.LastSlot], RunSample.Content(epoch));
        }
        Assert.Equal(6, Directory.EnumerateFiles(folder.Of("a", "checkpoints")).Count());
        run.RemoveCheckpoint(RunDirectory.BestSlot);
        Assert.Equal(3, Directory.EnumerateFiles(folder.Of("a", "checkpoints")).Count());
        Assert.False(run.HasCheckpoint(RunDirectory.BestSlot));
    }

    /// <summary>Every write of a checkpoint fails once, as a full disk would have it; what the slot held before is whole each time.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Keeps_the_previous_checkpoint_when_a_part_cannot_be_written(int failingPart)
    {
        using var folder = new TemporaryFolder();
        using var run = RunDirectory.Create(folder.Of("a"), RunSample.Definition(), RunSample.Columns);
        run.SaveCheckpoint([RunDirectory.LastSlot], RunSample.Content(1));
        var files = Directory.EnumerateFiles(folder.Of("a", "checkpoints")).Order().ToArray();
        var parts = RunSample.Content(2).Parts.Select((p, i) => i == failingPart ? new CheckpointPart(p.Name, s =>
        {
            p.Write(s);
            throw new IOException("No space left on device", 28);
        }) : p);
        var fault = Assert.Throws<FileException>(() => run.SaveCheckpoint([RunDirectory.LastSlot], new CheckpointContent(2, 188, "{}", parts)));
        Assert.Contains("the disk is full", fault.Message, StringComparison.Ordinal);
        Assert.Equal("weights of epoch 1", RunSample.Weights(run.LoadCheckpoint(RunDirectory.LastSlot)));
        Assert.Equal(files, Directory.EnumerateFiles(folder.Of("a", "checkpoints")).Order());
    }

    /// <summary>Changes each byte of each file of a checkpoint in turn; none of them goes unnoticed.</summary>
    [Fact]
    public void Notices_every_changed_byte_and_names_the_file()
    {
        using var folder = new TemporaryFolder();
        using var run = RunDirectory.Create(folder.Of("a"), RunSample.Definition(), RunSample.Columns);
        run.SaveCheckpoint([RunDirectory.LastSlot], new CheckpointContent(1, 94, """{"rate":0.01}""", [new CheckpointPart("w.bin", s => s.Write("weights"u8))]));
        foreach (var file in Directory.EnumerateFiles(folder.Of("a", "checkpoints")).ToArray())
        {
            var bytes = File.ReadAllBytes(file);
            for (var i = 0; i < bytes.Length; i++)
            {
                if (bytes[i] == (byte)'\n')
                {
                    continue;
                }
                bytes[i] ^= 1;
                File.WriteAllBytes(file, bytes);
                bytes[i] ^= 1;
                var fault = Assert.Throws<FileException>(() => run.LoadCheckpoint(RunDirectory.LastSlot));
                Assert.StartsWith(folder.Of("a", "checkpoints"), fault.Path, StringComparison.Ordinal);
            }
            File.WriteAllBytes(file, bytes);
        }
        Assert.Equal(1, run.LoadCheckpoint(RunDirectory.LastSlot).Epoch);
    }

    [Fact]
    public void Names_a_part_that_is_cut_short_and_the_checkpoints_that_are_left()
    {
        using var folder = new TemporaryFolder();
        using var run = RunDirectory.Create(folder.Of("a"), RunSample.Definition(), RunSample.Columns);
        run.SaveCheckpoint([RunDirectory.BestSlot], RunSample.Content(1));
        run.SaveCheckpoint([RunDirectory.LastSlot], RunSample.Content(2));
        var part = run.LoadCheckpoint(RunDirectory.LastSlot).PathOf("optimizer.bin");
        File.WriteAllBytes(part, new byte[10]);
        var fault = Assert.Throws<FileException>(() => run.LoadCheckpoint(RunDirectory.LastSlot));
        Assert.Equal(part + ": the checkpoint is damaged: the file has 10 bytes instead of 1002. Other checkpoints of this run: best.", fault.Message);
        File.Delete(part);
        Assert.Contains("there is no such file", Assert.Throws<FileException>(() => run.LoadCheckpoint(RunDirectory.LastSlot)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../escape")]
    [InlineData("a b")]
    [InlineData(".hidden")]
    public void Rejects_names_of_parts_that_are_no_file_names(string name) =>
        Assert.Throws<ArgumentException>(() => new CheckpointContent(0, 0, "{}", [new CheckpointPart(name, _ => { })]));
}
