using System.Runtime.InteropServices;

namespace Cawb.Detection.Waiting;

/// <summary>
/// Threads of libgomp that do nothing but be there. It lets idle threads spin for milliseconds while it manages no more threads than there are processors, and for a hundred turns only
/// while it manages more: its documented rule, and its one switch that works while a program runs.
/// </summary>
internal sealed unsafe class Crowd
{
    private readonly Lock gate = new();

    // GOMP_parallel, as GCC has called it since 4.9: the body, its argument, the number of threads, flags.
    private readonly delegate* unmanaged<nint, nint, uint, uint, void> region;
    private readonly nint body;
    private Thread? holder;
    private TaskCompletionSource? leaving;

    private Crowd(nint region, nint body)
    {
        this.region = (delegate* unmanaged<nint, nint, uint, uint, void>)region;
        this.body = body;
    }

    /// <summary>How many they are.</summary>
    public int Members { get; private set; }

    /// <summary>The crowd of the libgomp that libtorch computes with; null if libtorch is not loaded, or computes with another OpenMP.</summary>
    public static Crowd? Find() =>
        LoadedLibraries.OpenMp() is { } path && NativeLibrary.TryLoad(path, out var openMp) && NativeLibrary.TryGetExport(openMp, "GOMP_parallel", out var region)
        && NativeLibrary.TryLoad("libc.so.6", out var library) && NativeLibrary.TryGetExport(library, "getppid", out var body)
            ? new Crowd(region, body)
            : null;

    /// <summary>Makes libgomp manage that many threads more, or none where that is 0.</summary>
    public void Resize(int members)
    {
        lock (gate)
        {
            if (members == Members)
            {
                return;
            }

            leaving?.SetResult();
            holder?.Join();
            (leaving, holder, Members) = (null, null, members);
            if (members > 0)
            {
                var left = leaving = new TaskCompletionSource();
                holder = new Thread(() => Hold(members, left.Task)) { IsBackground = true, Name = "crowd" };
                holder.Start();
            }
        }
    }

    private void Hold(int members, Task left)
    {
        // The body has to be native and quick, and must mind neither its argument nor on which thread it runs: getppid. The team outlives its region for as long as this thread does.
        region(body, 0, (uint)members + 1, 0);
        left.Wait();
    }
}
