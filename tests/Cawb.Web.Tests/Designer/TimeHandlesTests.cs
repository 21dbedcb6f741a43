using Cawb.Web.Designer.Editing;

namespace Cawb.Web.Tests.Designer;

public sealed class TimeHandlesTests
{
    private const string Boots = """{"type":"cawb","epochs":150,"bootEpochs":[30,80],"annealing":{"type":"cosine"},"warmupEpochs":3}""";

    [Fact]
    public void Boots_warm_up_and_end_can_be_taken_by_the_hand()
    {
        var handles = Of(Boots, "");
        Assert.Equal([("end", 150), ("boot 1", 30), ("boot 2", 80), ("warm-up end", 3)], handles.All.Select(handle => (handle.Label, handle.At)));
        Assert.Equal((30, 150), (handles.All[2].Minimum, handles.All[2].Maximum));
        Assert.Equal([false, true, true, false], handles.All.Select(handle => handle.CanGo));
    }

    [Fact]
    public void A_time_inside_a_part_stands_where_the_run_reaches_it()
    {
        const string Late = """{"type":"sequence","boundaryEpochs":[40],"parts":[{"type":"constant"},{"type":"warmup","warmupEpochs":5,"schedule":{"type":"multiStep","milestoneEpochs":[10],"factor":0.1}}]}""";
        var handle = Assert.Single(Of(Late, "parts/1/schedule").All);
        Assert.Equal(("milestone 1", 55), (handle.Label, handle.At));
        Assert.Contains("\"milestoneEpochs\":[15]", Of(Late, "parts/1/schedule").Moved(handle, 60), StringComparison.Ordinal);
        // What a schedule does at the moment is what the handle says.
        Assert.Equal(55, ScheduleText.Parse(Late).Events(150).Last().Epochs);
    }

    [Fact]
    public void A_time_that_is_moved_stays_between_its_neighbours()
    {
        var handles = Of(Boots, "");
        Assert.Contains("[30,31]", handles.Moved(handles.All[2], 31), StringComparison.Ordinal);
        Assert.Contains("[30,30]", handles.Moved(handles.All[2], 5), StringComparison.Ordinal);
        Assert.Contains("\"warmupEpochs\":7", handles.Moved(handles.All[3], 7), StringComparison.Ordinal);
    }

    [Fact]
    public void A_boot_is_added_in_its_order_where_there_is_room_and_taken_away()
    {
        var handles = Of(Boots, "");
        Assert.Equal(("bootEpochs", 115), (handles.ListField, handles.Free(150)));
        Assert.Contains("[30,50,80]", handles.With(50), StringComparison.Ordinal);
        Assert.Contains("[80]", handles.Without(handles.All[1]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"piecewiseConstant","boundaryEpochs":[40,70],"levels":[1,0.3,0.1]}""", 50, "[40,50,70]", "[1,0.3,0.3,0.1]", "[70]", "[1,0.1]")]
    [InlineData("""{"type":"interpolated","pointEpochs":[0,10,100],"levels":[0.1,1,0.01]}""", 50, "[0,10,50,100]", "[0.1,1,1,0.01]", "[10,100]", "[1,0.01]")]
    public void Levels_come_and_go_with_their_moments(string text, double at, string times, string levels, string timesLeft, string levelsLeft)
    {
        var handles = Of(text, "");
        var more = handles.With(at);
        Assert.Contains(times, more, StringComparison.Ordinal);
        Assert.Contains(levels, more, StringComparison.Ordinal);
        ScheduleText.Parse(more);
        var less = handles.Without(handles.All[0]);
        Assert.Contains(timesLeft, less, StringComparison.Ordinal);
        Assert.Contains(levelsLeft, less, StringComparison.Ordinal);
        ScheduleText.Parse(less);
    }

    private static TimeHandles Of(string text, string path) => new(ScheduleTree.Of(text)!, path, 150);
}
