using Cawb.Detection.Waiting;

namespace Cawb.Detection.Tests.Waiting;

public sealed class WaitingTests
{
    [Fact]
    public void The_load_of_a_machine_leaves_out_idle_time_and_the_time_of_guests_that_user_time_holds_already()
    {
        // proc(5): user nice system idle iowait irq softirq steal guest guest_nice, in hundredths of a second.
        var load = MachineLoad.Parse("cpu  100 20 30 5000 600 4 5 6 50 7", TimeSpan.FromSeconds(0.7));
        Assert.NotNull(load);
        Assert.Equal(1.65, load.Value.Busy, 12);
        Assert.Equal(0.7, load.Value.Own, 12);
    }

    [Theory]
    [InlineData("")]
    [InlineData("cpu0 1 2 3 4 5 6 7 8")]
    [InlineData("cpu 1 2 3 4")]
    [InlineData("cpu 1 2 3 4 5 6 7 -8")]
    [InlineData("cpu 1 2 3 4 5 6 7 99999999999999999999")]
    public void A_line_that_is_no_load_says_nothing(string line) => Assert.Null(MachineLoad.Parse(line, TimeSpan.Zero));

    [Fact]
    public void What_others_use_is_the_rest_of_what_all_use()
    {
        var use = new MachineLoad(Busy: 13, Own: 4).Since(new MachineLoad(Busy: 10, Own: 3), TimeSpan.FromSeconds(2));
        Assert.Equal(new ProcessorUse(Own: 0.5, Others: 1), use);
        Assert.Null(new MachineLoad(1, 1).Since(new MachineLoad(1, 1), TimeSpan.Zero));
    }

    [Fact]
    public void Threads_sleep_until_the_machine_was_seen_free()
    {
        var patience = new Patience();
        Assert.False(patience.Spins);
        Assert.True(patience.Observe(new ProcessorUse(Own: 2, Others: 0.1), processors: 2, threads: 2));
        Assert.True(patience.Spins);
    }

    [Fact]
    public void Two_looks_at_a_crowded_machine_in_a_row_send_the_threads_to_sleep_and_one_does_not()
    {
        var (free, crowded) = (new ProcessorUse(1.9, 0), new ProcessorUse(1, 1));
        var patience = new Patience();
        patience.Observe(free, 2, 2);
        Assert.False(patience.Observe(crowded, 2, 2));
        Assert.False(patience.Observe(free, 2, 2));
        Assert.False(patience.Observe(crowded, 2, 2));
        Assert.True(patience.Observe(crowded, 2, 2));
        Assert.False(patience.Spins);
    }

    [Fact]
    public void Others_may_use_the_processors_that_this_process_leaves_to_them()
    {
        var patience = new Patience();
        patience.Observe(new ProcessorUse(Own: 2, Others: 6), processors: 8, threads: 2);
        Assert.True(patience.Spins);
    }

    [Fact]
    public void A_process_that_gets_no_processor_sees_the_crowd_too()
    {
        var patience = new Patience();
        patience.Observe(new ProcessorUse(2, 0), 2, 2);
        patience.Observe(new ProcessorUse(Own: 0.05, Others: 1.95), 2, 2);
        patience.Observe(new ProcessorUse(Own: 0.05, Others: 1.95), 2, 2);
        Assert.False(patience.Spins);
    }

    [Fact]
    public void A_system_that_tells_nothing_counts_as_crowded()
    {
        var patience = new Patience();
        Assert.False(patience.Observe(null, 2, 2));
        Assert.False(patience.Spins);
    }

    [Fact]
    public void This_machine_tells_its_load() => Assert.NotNull(MachineLoad.Read());
}
