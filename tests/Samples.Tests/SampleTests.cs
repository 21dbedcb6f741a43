using System.Globalization;

namespace Samples.Tests;

public sealed class SampleTests
{
    [Fact]
    public async Task The_plain_loop_finds_its_line_and_says_when_it_is_booted()
    {
        var lines = await SampleProgram.Run("PlainLoop");
        Assert.Equal(["epoch  1  WarmupEnd", "epoch  8  Trough   ", "epoch  8  Boot     ", "epoch 14  Trough   ", "epoch 14  Boot     "], lines[..5].Select(line => line[..19]));
        var words = lines[^1].Split(' ');
        Assert.InRange(double.Parse(words[2], CultureInfo.InvariantCulture), 2.95, 3.05);
        Assert.InRange(double.Parse(words[5], CultureInfo.InvariantCulture), -1.05, -0.95);
    }

    [Fact]
    public async Task With_TorchSharp_each_group_has_the_rates_of_its_own_schedule()
    {
        var lines = await SampleProgram.Run("WithTorchSharp");
        Assert.Equal(12, lines.Length);
        // CAWB boots at epoch 6 to 0.7 times the base of 0.05; the other group is half way down its cosine.
        Assert.EndsWith("next rates 0.0350, 0.0100", lines[5], StringComparison.Ordinal);
        Assert.EndsWith("next rates 0.0000, 0.0000", lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SGD", 1)]
    [InlineData("SGD", 11)]
    [InlineData("SGD", 29)]
    [InlineData("AdamW", 1)]
    [InlineData("AdamW", 11)]
    [InlineData("AdamW", 29)]
    public async Task A_run_that_is_saved_at_a_step_and_loaded_in_a_fresh_process_ends_with_the_same_bits(string optimizer, int step)
    {
        var checkpoint = Path.Combine(Path.GetTempPath(), $"cawb-sample-{Path.GetRandomFileName()}");
        try
        {
            var straight = await SampleProgram.Run("Resume", optimizer, "30");
            var saved = await SampleProgram.Run("Resume", optimizer, step.ToString(CultureInfo.InvariantCulture), "save", checkpoint);
            var resumed = await SampleProgram.Run("Resume", optimizer, "30", "load", checkpoint);
            Assert.StartsWith("step 30, weights ", straight[^1], StringComparison.Ordinal);
            Assert.Equal(straight, resumed);
            Assert.NotEqual(straight[^1][^64..], saved[^1][^64..]);
        }
        finally
        {
            File.Delete(checkpoint);
        }
    }

    [Fact]
    public async Task A_run_that_is_extended_has_the_rates_of_the_longer_schedule_from_there_on()
    {
        var lines = await SampleProgram.Run("PlanChange");
        // 0.1 (0.1 + 0.9 (1 + cos(6 pi / 10)) / 2), and half way down the longer one: 0.1 (0.1 + 0.9 / 2).
        Assert.Equal("epoch 6: 0.041094", lines[0]);
        Assert.StartsWith("The state belongs to another run.", lines[1], StringComparison.Ordinal);
        Assert.Contains("epoch 8: 0.055000", lines);
    }

    [Fact]
    public async Task Compiled_ahead_of_time_a_program_reads_a_schedule_and_prints_what_it_prints_otherwise()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"cawb-sample-{Path.GetRandomFileName()}");
        try
        {
            var file = Path.Combine(SampleProgram.Folder("NativeAot"), "schedule.json");
            var program = await SampleProgram.Publish("NativeAot", folder);
            var (code, output, errors) = await SampleProgram.Start(program, file);
            Assert.Equal((0, ""), (code, errors));
            var lines = output.TrimEnd().Split('\n');
            Assert.Equal(await SampleProgram.Run("NativeAot", file), lines);
            // The second boot, to 0.7 times 0.7 of the rate, and PyTorch's cosine after two thirds of its way: 0.005 + 0.095 / 4.
            Assert.Equal("   20   0.049000   0.028750", lines[5]);

            // Messages are found without reflection too.
            var broken = Path.Combine(folder, "broken.json");
            await File.WriteAllTextAsync(broken, """{"type": "cawb", "epohcs": 30}""");
            (code, _, errors) = await SampleProgram.Start(program, broken);
            Assert.Equal(2, code);
            Assert.Contains("epochs", errors, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
