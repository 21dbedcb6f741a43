using Cawb.Training.Pictures;
using Cawb.Training.Tests.Progress;

namespace Cawb.Training.Tests.Pictures;

public class DrawingTimeTests
{
    private readonly HandClock clock = new();

    [Fact]
    public void Everything_takes_a_hundredth_of_the_time_at_most_but_for_the_first_pictures()
    {
        var time = new DrawingTime(clock);
        time.Spend(() => clock.Pass(0.3));
        Assert.True(time.IsDue);
        time.Draw(() => clock.Pass(0.4));
        time.Spend(() => clock.Pass(0.3));

        // Another set of 0.4 seconds would bring what came after the first to 0.7, which is a hundredth of 70.
        clock.Pass(69);
        Assert.False(time.IsDue);
        clock.Pass(1);
        Assert.True(time.IsDue);
        Assert.Equal(TimeSpan.FromSeconds(1), time.Total);
    }
}
