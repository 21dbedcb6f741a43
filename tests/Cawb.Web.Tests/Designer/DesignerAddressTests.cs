using Cawb.Web.Designer.Address;

namespace Cawb.Web.Tests.Designer;

public sealed class DesignerAddressTests
{
    [Fact]
    public void Every_state_comes_back_as_it_was_field_by_field()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var state = new StateDraws(seed).State();
            var reading = DesignerAddress.Parse(DesignerAddress.Print(state));
            Assert.Empty(reading.Problems);
            Assert.Equal(state.Schedules, reading.State.Schedules);
            Assert.Equal(state.BaseRates, reading.State.BaseRates);
            // Lists are not equal by their content.
            Assert.Equal(
                (state.Epochs, state.Batches, state.IsPerEpoch, state.IsLogarithmic, state.Trained, state.ShowsMomentum, state.ShowsWeightDecay, state.Zoom),
                (reading.State.Epochs, reading.State.Batches, reading.State.IsPerEpoch, reading.State.IsLogarithmic, reading.State.Trained, reading.State.ShowsMomentum, reading.State.ShowsWeightDecay, reading.State.Zoom));
            Assert.Equal(
                (state.Selected, state.Node, state.Moment, state.WhatIf, state.Run, state.Panel, state.CopyAs),
                (reading.State.Selected, reading.State.Node, reading.State.Moment, reading.State.WhatIf, reading.State.Run, reading.State.Panel, reading.State.CopyAs));
        }
    }

    [Fact]
    public void Every_query_can_be_read_and_what_it_gives_can_be_written()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var state = DesignerAddress.Parse(new StateDraws(seed).Damaged()).State;
            Assert.InRange(state.Schedules.Count, 1, DesignerState.MostSchedules);
            Assert.InRange(state.Plan.TotalBatches, 1, DesignerState.MostBatches);
            Assert.Equal(state, DesignerAddress.Parse(DesignerAddress.Print(state)).State);
        }
    }

    [Fact]
    public void The_state_to_begin_with_has_an_empty_address() => Assert.Equal(("", DesignerState.Start), (DesignerAddress.Print(DesignerState.Start), DesignerAddress.Parse("").State));

    [Fact]
    public void An_address_that_a_run_s_page_gives_shows_its_schedule() =>
        Assert.Equal(
            ("""{"type":"cosine","durationEpochs":20}""", 20, 63, 0.01, "train/exp"),
            DesignerAddress.Parse("?s=%7B%22type%22%3A%22cosine%22%2C%22durationEpochs%22%3A20%7D&epochs=20&batches=63&lr=0.01&run=train%2Fexp").State is var state
                ? (state.Current.Text, state.Epochs, state.Batches, state.BaseRates[0], state.Run) : default);

    [Theory]
    [InlineData("epochs=0", "epochs", "must be a whole number")]
    [InlineData("epochs=1e3", "epochs", "got '1e3'")]
    [InlineData("epochs=20000000", "epochs", "1 to 10000000")]
    [InlineData("epochs=10000&batches=10000", "batches", "at most 10000000")]
    [InlineData("lr=0.1,-1", "lr", "numbers above 0")]
    [InlineData("lr=NaN", "lr", "numbers above 0")]
    [InlineData("zoom=5,3", "zoom", "two moments")]
    [InlineData("zoom=5,300", "zoom", "two moments")]
    [InlineData("on=3", "on", "1 to 2")]
    [InlineData("at=-1", "at", "a moment of the run")]
    [InlineData("whatif=explode,3,4", "whatif", "extend, shorten")]
    [InlineData("trained=maybe", "trained", "no, usual, yolov5")]
    [InlineData("panel=<script>", "panel", "explain, figures")]
    [InlineData("log=yes", "log", "0 or 1")]
    public void What_cannot_be_read_is_said_of_its_field_and_the_usual_value_is_taken(string query, string field, string said)
    {
        var reading = DesignerAddress.Parse(query);
        Assert.Contains(said, Assert.Contains(field, reading.Problems), StringComparison.Ordinal);
        Assert.Equal(DesignerState.Start, reading.State);
    }

    [Fact]
    public void What_is_too_much_is_cut_off_and_said()
    {
        var many = DesignerAddress.Parse(string.Join('&', Enumerable.Repeat("s=x", 40)));
        Assert.Equal(DesignerState.MostSchedules, many.State.Schedules.Count);
        Assert.Contains("40 schedules", many.Problems[DesignerAddress.Schedule], StringComparison.Ordinal);
        var longest = DesignerAddress.Parse($"s={new string('x', 100_000)}");
        Assert.Equal(DesignedSchedule.LongestText, longest.State.Current.Text.Length);
        Assert.Contains("100000", longest.Problems[DesignerAddress.Schedule], StringComparison.Ordinal);
    }
}
