using System.Diagnostics.CodeAnalysis;
using Cawb.Detection.Natives;
using Cawb.Detection.Waiting;
using Cawb.TorchSharp;
using TorchSharp;

namespace Cawb.Detection;

/// <summary>The number of threads that libtorch's operators split their work over.</summary>
/// <remarks>
/// Results are the same bits for the same number; different numbers round differently, so the number belongs to a run's record.
/// It holds for the thread that sets it and for threads that have run no operator yet: OpenMP keeps a pool for every calling thread.
/// Use one thread for all tensor work, set the number there, and do not <c>await</c> in between.
/// </remarks>
public static class ComputeThreads
{
    /// <summary>The number in force on this thread.</summary>
    /// <exception cref="NativeLibraryException">libtorch could not be loaded.</exception>
    public static int Count => Engine(torch.get_num_threads);

    /// <summary>
    /// Sets the number, and prepares the process for computing: freed memory is kept for the next step (glibc only), and idle threads wait as the machine's load asks for.
    /// </summary>
    /// <param name="count">1 to 1,024.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is outside that range.</exception>
    /// <exception cref="NativeLibraryException">libtorch could not be loaded.</exception>
    [SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "The one place that sets it, after the number is checked.")]
    public static void Set(int count)
    {
        // libtorch itself ends the process on 0.
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 1024);
        FreedMemory.Keep();
        Engine(() =>
        {
            torch.set_num_threads(count);
            return count;
        });
        IdleThreads.Watch(count);
    }

    // The first use of TorchSharp is in a static constructor, which wraps what it throws.
    private static int Engine(Func<int> use)
    {
        try
        {
            return use();
        }
        catch (TypeInitializationException fault) when (fault.InnerException is NativeLibraryException reason)
        {
            throw new NativeLibraryException(reason.Message, reason);
        }
    }
}
