using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Cawb.Training.Ranks;

/// <summary>Ranks that an MPI launcher started, over Open MPI.</summary>
/// <remarks>
/// Before anything is exchanged a rank waits until all have come, and looks at the time meanwhile: a rank that hangs ends the run instead of holding the others for ever, and ranks that wait
/// leave the processor to those that work. One call at a time, from any thread.
/// </remarks>
public sealed unsafe class MpiRanks : IRanks, IDisposable
{
    // Up to here every rank gets everything and adds up by itself; above, each adds up a part and gives it to the others.
    private const int MostSmall = 1 << 15;

    // A rank that comes late is nearly always late by less; sleeping takes a millisecond at least.
    private static readonly TimeSpan Awake = TimeSpan.FromMilliseconds(3);

    private readonly OpenMpi mpi;
    private readonly TimeSpan timeout;
    private readonly Action<string> tell;
    private byte[] scratch = [];

    private MpiRanks(OpenMpi mpi, int rank, int size, int localRank, TimeSpan timeout, Action<string> tell)
    {
        (this.mpi, Rank, Size, LocalRank, this.timeout, this.tell) = (mpi, rank, size, localRank, timeout, tell);
    }

    /// <inheritdoc />
    public int Rank { get; }

    /// <inheritdoc />
    public int Size { get; }

    /// <inheritdoc />
    public int LocalRank { get; }

    /// <summary>Joins the ranks that a launcher started.</summary>
    /// <param name="launcher">More than one process.</param>
    /// <param name="timeout">How long a rank waits for the others before it ends the run.</param>
    /// <param name="tell">Takes the reason when the run is ended because a rank did not come.</param>
    /// <exception cref="InputException">There is no Open MPI, or the launcher cannot bring the ranks together.</exception>
    public static MpiRanks Open(Launcher launcher, TimeSpan timeout, Action<string> tell) => Open(launcher, OpenMpi.Library, timeout, tell);

    internal static MpiRanks Open(Launcher launcher, string library, TimeSpan timeout, Action<string> tell)
    {
        ArgumentNullException.ThrowIfNull(launcher);
        if (!launcher.SpeaksPmix)
        {
            throw new InputException(launcher.Name == "srun"
                ? $"srun started {launcher.Size} tasks without --mpi=pmix, so they cannot find each other and would train {launcher.Size} times. Start one run over all of them with: srun --mpi=pmix --kill-on-bad-exit=1 ..., or start one task."
                : $"{launcher.Name} started {launcher.Size} processes and is not Open MPI's, so they cannot find each other. Use the mpirun of Open MPI (Debian: openmpi-bin), or start one process.");
        }

        var mpi = OpenMpi.Start(library) ?? throw new InputException(
            $"{launcher.Name} started {launcher.Size} ranks, and Open MPI, over which they train together, cannot be loaded ({library}). Install it on every machine of the run (Debian, Ubuntu: apt-get install libopenmpi3; others: the package of Open MPI 4 or 5) and name its folder in LD_LIBRARY_PATH where the system does not look, or start one process.");
        _ = OpenMpi.Rank(mpi.World, out var rank);
        _ = OpenMpi.Size(mpi.World, out var size);
        return size == launcher.Size
            ? new MpiRanks(mpi, rank, size, launcher.LocalRank, timeout, tell)
            : throw new InputException(
                $"{launcher.Name} started {launcher.Size} ranks, but Open MPI sees {size}. Its {library} must belong to that launcher: start with the mpirun of the same installation, or with srun --mpi=pmix.");
    }

    /// <inheritdoc />
    public void Sum(Span<double> values, string what) => Sum(values, mpi.Double, what, inAnyOrder: false);

    /// <inheritdoc />
    public void Sum(Span<float> values, bool inAnyOrder, string what) => Sum(values, mpi.Float, what, inAnyOrder);

    /// <inheritdoc />
    public void Broadcast(Span<byte> values, int from, string what)
    {
        AwaitAll(what);
        fixed (byte* all = values)
        {
            _ = OpenMpi.Broadcast(all, values.Length, mpi.Byte, from, mpi.World);
        }
    }

    /// <inheritdoc />
    [DoesNotReturn]
    public void Abort(int exitCode)
    {
        _ = OpenMpi.Abort(mpi.World, exitCode);

        // MPI ends this process too. Should it not, the launcher ends the others when this one is gone.
        Process.GetCurrentProcess().Kill();
        throw new UnreachableException();
    }

    /// <summary>Waits for the others and takes leave of them.</summary>
    public void Dispose()
    {
        AwaitAll("the end of the run");
        _ = OpenMpi.End();
    }

    private void Sum<T>(Span<T> values, nint type, string what, bool inAnyOrder)
        where T : unmanaged, INumber<T>
    {
        AwaitAll(what);
        if (inAnyOrder)
        {
            fixed (T* all = values)
            {
                _ = OpenMpi.Reduce(OpenMpi.InPlace, all, values.Length, type, mpi.Plus, mpi.World);
            }
        }
        else if (values.Length <= MostSmall)
        {
            SumWhole(values, type);
        }
        else
        {
            SumInParts(values, type);
        }
    }

    private void SumWhole<T>(Span<T> values, nint type)
        where T : unmanaged, INumber<T>
    {
        var received = Scratch<T>(values.Length * Size);
        fixed (T* own = values, all = received)
        {
            _ = OpenMpi.Gather(own, values.Length, type, all, values.Length, type, mpi.World);
        }

        AddUp(values, received);
    }

    private void SumInParts<T>(Span<T> values, nint type)
        where T : unmanaged, INumber<T>
    {
        int StartOf(int rank, int length) => (int)((long)length * rank / Size);
        Span<int> starts = stackalloc int[Size], counts = stackalloc int[Size], partStarts = stackalloc int[Size], partCounts = stackalloc int[Size];
        var own = StartOf(Rank + 1, values.Length) - StartOf(Rank, values.Length);
        for (var rank = 0; rank < Size; rank++)
        {
            starts[rank] = StartOf(rank, values.Length);
            counts[rank] = StartOf(rank + 1, values.Length) - starts[rank];
            (partStarts[rank], partCounts[rank]) = (rank * own, own);
        }

        var received = Scratch<T>(own * Size);
        fixed (T* all = values, parts = received)
        fixed (int* allStarts = starts, allCounts = counts, startsOfParts = partStarts, countsOfParts = partCounts)
        {
            _ = OpenMpi.Exchange(all, allCounts, allStarts, type, parts, countsOfParts, startsOfParts, type, mpi.World);
            AddUp(values.Slice(starts[Rank], own), received);
            _ = OpenMpi.Gather(OpenMpi.InPlace, 0, type, all, allCounts, allStarts, type, mpi.World);
        }
    }

    // In the order of the ranks, as one process adds up that has their parts one after another.
    private static void AddUp<T>(Span<T> sums, ReadOnlySpan<T> parts)
        where T : unmanaged, INumber<T>
    {
        parts[..sums.Length].CopyTo(sums);
        for (var start = sums.Length; start < parts.Length; start += sums.Length)
        {
            var part = parts.Slice(start, sums.Length);
            var wideSums = MemoryMarshal.Cast<T, Vector<T>>(sums);
            var wideParts = MemoryMarshal.Cast<T, Vector<T>>(part);
            for (var i = 0; i < wideSums.Length; i++)
            {
                wideSums[i] += wideParts[i];
            }

            for (var i = wideSums.Length * Vector<T>.Count; i < sums.Length; i++)
            {
                sums[i] += part[i];
            }
        }
    }

    private Span<T> Scratch<T>(int length)
        where T : unmanaged
    {
        var bytes = checked(length * sizeof(T));
        if (scratch.Length < bytes)
        {
            scratch = GC.AllocateUninitializedArray<byte>(bytes, pinned: true);
        }

        return MemoryMarshal.Cast<byte, T>(scratch.AsSpan(0, bytes));
    }

    private void AwaitAll(string what)
    {
        _ = OpenMpi.Arrive(mpi.World, out var request);
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            _ = OpenMpi.Test(ref request, out var isDone, 0);
            if (isDone != 0)
            {
                return;
            }

            var waited = Stopwatch.GetElapsedTime(start);
            if (waited > timeout + SpeakingOrder.PauseOf(Rank))
            {
                tell(string.Create(CultureInfo.InvariantCulture,
                    $"rank {Rank} has waited {timeout.TotalSeconds:0} s for the other ranks at {what}: one of them hangs, or works longer than --rank-timeout allows. All ranks are ended; the last checkpoint is whole. Go on with --resume, where they need it with a higher --rank-timeout."));
                Abort(exitCode: 1);
            }

            if (waited > Awake)
            {
                Thread.Sleep(1);
            }
            else
            {
                Thread.Yield();
            }
        }
    }
}
