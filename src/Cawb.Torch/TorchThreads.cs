using Cawb.Torch.Interop;

namespace Cawb.Torch;

/// <summary>The number of threads that libtorch's operators (and OpenBLAS) split their work over.</summary>
/// <remarks>
/// Results are the same bits for the same number; different numbers round differently, so the number belongs to a run's record.
/// It holds for the thread that sets it and for threads that have run no operator yet: OpenMP keeps a pool for every calling thread.
/// Use one thread for all tensor work, set the number there, and do not <c>await</c> in between.
/// </remarks>
public static class TorchThreads
{
    /// <summary>The number in force on this thread.</summary>
    public static int Count => Native.GetThreads();

    /// <summary>Sets the number.</summary>
    /// <param name="count">1 to 1,024.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is outside that range.</exception>
    public static void Set(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 1024);
        NativeError.ThrowIf(Native.SetThreads(count) < 0, "setting the number of threads");
    }
}
