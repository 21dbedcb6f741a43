using Cawb.Tests.Reference;

namespace Cawb.Cli.Tests.Detection;

public sealed class ExportPageTests
{
    private const string Page = "docs/export.md";

    [Fact]
    public void The_commands_of_the_page_run_one_after_another()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Path("runs", "train", "exp"));
        KnownNetwork.Write(folder.Path("runs", "train", "exp", "best.safetensors"), ["cat", "dog"], found: 1);
        var commands = PageCommands.Of(Page).ToArray();
        Assert.Equal(4, commands.Length);
        Assert.All(commands, words =>
        {
            // Files are named from the folder that a reader is in.
            var run = CommandRun.OfProgram([.. words.Select(word => word == "runs/train/exp" || Path.GetExtension(word) == ".onnx" ? folder.Path(word) : word)]);
            Assert.True(run.ExitCode == 0, $"cawb {string.Join(' ', words)} ended with {run.ExitCode}: {run.Error}");
        });
        Assert.True(File.Exists(folder.Path("runs", "train", "exp", "best.onnx")));
        Assert.Equal(3, Directory.GetFiles(folder.Path(), "*.onnx").Length);
    }

    [Fact]
    public void The_sample_of_the_page_is_there_and_has_thirty_lines_of_code()
    {
        var page = File.ReadAllText(Path.Combine(ReferenceFolder.Repository, Page));
        Assert.Contains("(../samples/OnnxDetect/Program.cs)", page, StringComparison.Ordinal);
        Assert.Contains("dotnet run --project samples/OnnxDetect -- ", page, StringComparison.Ordinal);
        var code = File.ReadLines(Path.Combine(ReferenceFolder.Repository, "samples", "OnnxDetect", "Program.cs")).Where(line => line.Trim() is { Length: > 1 } text && !text.StartsWith("//", StringComparison.Ordinal));
        Assert.InRange(code.Count(), 20, 30);
    }
}
