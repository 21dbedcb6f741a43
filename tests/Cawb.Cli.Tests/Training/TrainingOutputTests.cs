namespace Cawb.Cli.Tests.Training;

/// <summary>What a training shows where.</summary>
public sealed class TrainingOutputTests(UndisturbedRun undisturbed)
{
    private const char Escape = '\u001b';

    [Fact]
    public void A_pipe_gets_plain_lines_a_line_per_epoch_and_the_table()
    {
        var run = undisturbed.Path;
        var output = undisturbed.Result.Output;
        Assert.DoesNotContain(Escape, output);
        Assert.DoesNotContain('\r', output);
        Assert.StartsWith(run + ": ", output, StringComparison.Ordinal);
        Assert.Contains($"{run} holds best.safetensors, last.safetensors, report.html, metrics.csv and results.csv.\n", output, StringComparison.Ordinal);
        Assert.Equal("", undisturbed.Result.Error);
        Assert.All(
            ["run.json", "metrics.csv", "best.safetensors", "last.safetensors", "report.md", "report.html", "results.csv"],
            file => Assert.True(File.Exists(Path.Combine(run, file)), file));
        Assert.Equal(3, File.ReadAllLines(Path.Combine(run, "metrics.csv")).Length);
    }

    [Fact]
    public void A_terminal_gets_a_bar_with_colours_unless_they_are_not_wanted()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "Needs script, which plays a terminal.");
        using var training = new SmallTraining();
        var coloured = ProgramProcess.RunAtTerminal([], training.Words("coloured"));
        Assert.True(coloured.ExitCode == 0, coloured.Output);
        Assert.Contains(Escape, coloured.Output);
        Assert.NotEmpty(Colours(coloured.Output));

        var plain = ProgramProcess.RunAtTerminal([("NO_COLOR", "1")], training.Words("plain"));
        Assert.True(plain.ExitCode == 0, plain.Output);
        Assert.Empty(Colours(plain.Output));
        SmallTraining.AssertEqualRuns(training.Run("coloured"), training.Run("plain"));
    }

    // Select Graphic Rendition with a foreground or background colour; bold and the like are no colours.
    private static string[] Colours(string output) =>
        [.. System.Text.RegularExpressions.Regex.Matches(output, "\u001b\\[([0-9;]*)m").Select(match => match.Groups[1].Value).Where(codes => codes.Split(';').Any(IsColour))];

    private static bool IsColour(string code) => int.TryParse(code, out var number) && number is (>= 30 and <= 38) or (>= 40 and <= 48) or (>= 90 and <= 107);
}
