using Cawb.Training.Pictures;
using Cawb.Training.Tests.Progress;

namespace Cawb.Training.Tests.Pictures;

public class DrawingTimeTests
{
    private readonly HandClock clock = new();

    [Fact]
    public void Pictures_take_a_hundredth_of_the_time_at_most()
    {
        var time = new DrawingTime(clock);
        Assert.True(time.IsDue);
        time.Draw(() => clock.Pass(0.5));
        time.Spend(() => clock.Pass(0.5));

        // Another set of half a second would bring them to a whole one, which is a hundredth of a hundred.
        clock.Pass(98);
        Assert.False(time.IsDue);
        clock.Pass(2);
        Assert.True(time.IsDue);
        Assert.Equal(TimeSpan.FromSeconds(1), time.Total);
    }
}
