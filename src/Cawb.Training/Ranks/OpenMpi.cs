using System.Runtime.InteropServices;

namespace Cawb.Training.Ranks;

/// <summary>The functions of Open MPI 4 and 5 that ranks need. Its handles are the addresses of symbols that its library exports.</summary>
/// <remarks>Errors end all ranks, which is MPI's own rule where nobody says otherwise, so nothing looks at what the functions return.</remarks>
internal sealed unsafe partial class OpenMpi
{
    /// <summary>The library's name on Linux.</summary>
    public const string Library = "libmpi.so.40";

    /// <summary>MPI_IN_PLACE: what is sent stands where the result goes.</summary>
    public const nint InPlace = 1;

    // MPI_THREAD_SERIALIZED: calls come from several threads, one at a time.
    private const int Serialized = 2;

    private OpenMpi(nint library)
    {
        World = NativeLibrary.GetExport(library, "ompi_mpi_comm_world");
        Byte = NativeLibrary.GetExport(library, "ompi_mpi_byte");
        Float = NativeLibrary.GetExport(library, "ompi_mpi_float");
        Double = NativeLibrary.GetExport(library, "ompi_mpi_double");
        Plus = NativeLibrary.GetExport(library, "ompi_mpi_op_sum");
    }

    public nint World { get; }

    public nint Byte { get; }

    public nint Float { get; }

    public nint Double { get; }

    public nint Plus { get; }

    /// <summary>Loads the library and joins the other ranks; null where there is no such library.</summary>
    /// <param name="name">Usually <see cref="Library"/>.</param>
    public static OpenMpi? Start(string name)
    {
        if (!NativeLibrary.TryLoad(name, out var library) || !NativeLibrary.TryGetExport(library, "ompi_mpi_comm_world", out _))
        {
            return null;
        }

        _ = Init(0, 0, Serialized, out _);
        return new OpenMpi(library);
    }

    [LibraryImport(Library, EntryPoint = "MPI_Comm_rank")]
    public static partial int Rank(nint communicator, out int rank);

    [LibraryImport(Library, EntryPoint = "MPI_Comm_size")]
    public static partial int Size(nint communicator, out int size);

    [LibraryImport(Library, EntryPoint = "MPI_Ibarrier")]
    public static partial int Arrive(nint communicator, out nint request);

    [LibraryImport(Library, EntryPoint = "MPI_Test")]
    public static partial int Test(ref nint request, out int isDone, nint status);

    [LibraryImport(Library, EntryPoint = "MPI_Allgather")]
    public static partial int Gather(void* own, int count, nint type, void* all, int countOfEach, nint typeOfEach, nint communicator);

    [LibraryImport(Library, EntryPoint = "MPI_Alltoallv")]
    public static partial int Exchange(void* own, int* counts, int* starts, nint type, void* received, int* receivedCounts, int* receivedStarts, nint receivedType, nint communicator);

    [LibraryImport(Library, EntryPoint = "MPI_Allgatherv")]
    public static partial int Gather(nint own, int count, nint type, void* all, int* counts, int* starts, nint typeOfEach, nint communicator);

    [LibraryImport(Library, EntryPoint = "MPI_Allreduce")]
    public static partial int Reduce(nint own, void* all, int count, nint type, nint operation, nint communicator);

    [LibraryImport(Library, EntryPoint = "MPI_Bcast")]
    public static partial int Broadcast(void* values, int count, nint type, int from, nint communicator);

    [LibraryImport(Library, EntryPoint = "MPI_Abort")]
    public static partial int Abort(nint communicator, int exitCode);

    [LibraryImport(Library, EntryPoint = "MPI_Finalize")]
    public static partial int End();

    [LibraryImport(Library, EntryPoint = "MPI_Init_thread")]
    private static partial int Init(nint argumentCount, nint arguments, int required, out int provided);
}
