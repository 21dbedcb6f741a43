using Cawb.Detection.Waiting;
using TorchSharp;

namespace Cawb.Detection.Tests.Waiting;

public sealed class CrowdTests
{
    [Fact]
    public void Threads_of_libgomp_come_and_go_with_the_crowd()
    {
        // More than the watch of another test can have.
        var members = Environment.ProcessorCount + 30;
        var crowd = Loaded();

        crowd.Resize(members);
        Assert.True(SpinWait.SpinUntil(() => Threads() > members, TimeSpan.FromMinutes(1)), "They do not come.");
        crowd.Resize(2 * members);
        Assert.True(SpinWait.SpinUntil(() => Threads() > 2 * members, TimeSpan.FromMinutes(1)), "They do not become more.");
        crowd.Resize(0);
        Assert.True(SpinWait.SpinUntil(() => Threads() < members, TimeSpan.FromMinutes(1)), "They do not go.");
        Assert.Equal(0, crowd.Members);
    }

    [Fact]
    public void Results_do_not_depend_on_how_threads_wait()
    {
        var crowd = Loaded();
        using var scope = torch.NewDisposeScope();
        var values = torch.tensor(Enumerable.Range(0, 1 << 18).Select(i => MathF.Sin(i)).ToArray(), [512, 512]);
        float[] Product() => values.mm(values).sum(1).data<float>().ToArray();
        var before = Product();
        crowd.Resize(3);
        var crowded = Product();
        crowd.Resize(0);
        Assert.Equal(before, crowded);
        Assert.Equal(before, Product());
    }

    [Fact]
    public void Of_two_libgomps_that_one_is_taken_which_lies_beside_libtorch()
    {
        // As proc(5) shows it: address, permissions, offset, device, inode, path.
        string[] lines =
        [
            "7f0000000000-7f0000001000 r-xp 00000000 08:01 11                         /usr/lib/x86_64-linux-gnu/libgomp.so.1.0.0",
            "7f0000002000-7f0000003000 r--p 00000000 08:01 12                         /home/a user/native/libtorch_cpu.so",
            "7f0000004000-7f0000005000 r--p 00000000 08:01 13                         /home/a user/native/libgomp-98b21ff3.so.1",
            "7f0000005000-7f0000006000 r-xp 00001000 08:01 13                         /home/a user/native/libgomp-98b21ff3.so.1",
            "7f0000007000-7f0000008000 rw-p 00000000 00:00 0 ",
            "7f0000009000-7f000000a000 rw-p 00000000 00:00 0                          [stack]",
        ];
        Assert.Equal("/home/a user/native/libgomp-98b21ff3.so.1", LoadedLibraries.OpenMp(lines));
        Assert.Equal("/usr/lib/x86_64-linux-gnu/libgomp.so.1.0.0", LoadedLibraries.OpenMp(lines[..2]));
        Assert.Null(LoadedLibraries.OpenMp(lines[..1]));
        Assert.Null(LoadedLibraries.OpenMp(lines[1..2]));
        Assert.Null(LoadedLibraries.OpenMp([]));
    }

    private static Crowd Loaded()
    {
        ComputeThreads.Set(ComputeThreads.Count);
        var crowd = Crowd.Find();
        Assert.NotNull(crowd);
        return crowd;
    }

    /// <summary>How many threads of this process bear the crowd's name: libgomp's bear that of the thread that made them.</summary>
    private static int Threads() => Directory.EnumerateDirectories("/proc/self/task").Count(task =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).TrimEnd() == "crowd";
        }
        catch (IOException)
        {
            // It has just ended.
            return false;
        }
    });
}
