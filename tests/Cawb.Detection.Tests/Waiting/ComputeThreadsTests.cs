using Cawb.Detection.Natives;
using TorchSharp;

namespace Cawb.Detection.Tests.Waiting;

public sealed class ComputeThreadsTests
{
    [Theory]
    [InlineData(int.MinValue)]
    [InlineData(0)]
    [InlineData(1025)]
    public void A_number_that_would_end_the_process_is_refused(int count)
    {
        var before = ComputeThreads.Count;
        Assert.Throws<ArgumentOutOfRangeException>(nameof(count), () => ComputeThreads.Set(count));
        Assert.Equal(before, ComputeThreads.Count);
    }

    [Fact]
    public void The_number_is_libtorchs_own()
    {
        var before = ComputeThreads.Count;
        foreach (var count in (int[])[1, 2, 3])
        {
            ComputeThreads.Set(count);
            Assert.Equal(count, ComputeThreads.Count);
            Assert.Equal(count, torch.get_num_threads());
        }

        ComputeThreads.Set(before);
    }

    [Fact]
    public void The_C_library_of_this_system_keeps_freed_memory() => Assert.True(FreedMemory.Keep());
}
