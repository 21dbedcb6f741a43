using Cawb.Cli.Detection;

namespace Cawb.Cli.Tests.Detection;

public sealed class CountProgressTests
{
    [Fact]
    public void A_pipe_gets_a_line_every_half_minute_with_the_time_that_is_left()
    {
        var clock = new SetClock();
        using var output = new StringWriter { NewLine = "\n" };
        using (var progress = new CountProgress(output, "images", 100, clock))
        {
            for (var i = 0; i < 25; i++)
            {
                clock.Seconds += 4;
                progress.Add(1);
            }
        }

        Assert.Equal(
            [
                "8 of 100 images, 0.3 a second, 6 min 08 s left",
                "16 of 100 images, 0.3 a second, 5 min 36 s left",
                "24 of 100 images, 0.3 a second, 5 min 04 s left",
            ],
            output.ToString().TrimEnd().Split('\n'));
    }

    private sealed class SetClock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
