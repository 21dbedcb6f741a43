using Cawb.Reports.Files;

namespace Cawb.Training.Runs;

/// <summary>Keeps a run directory to one process. The operating system gives it back when the process ends, however it ends.</summary>
internal sealed class RunLock : IDisposable
{
    public const string FileName = "lock";

    // Who looks whether a run is in use holds it for an instant himself.
    private const int MostAttempts = 10;
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(20);
    private readonly FileStream stream;

    private RunLock(FileStream stream) => this.stream = stream;

    /// <summary>Takes a run for this process.</summary>
    /// <exception cref="RunInUseException">Another one has it.</exception>
    public static RunLock Take(string folder)
    {
        var path = Path.Combine(folder, FileName);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new RunLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException fault) when (IsOfAnother(fault, path))
            {
                if (attempt == MostAttempts)
                {
                    throw new RunInUseException(folder, fault);
                }
                Thread.Sleep(Instant);
            }
            catch (Exception fault) when (FileFault.IsOne(fault))
            {
                throw FileFault.OfWriting(path, fault);
            }
        }
    }

    /// <summary>Whether a process has the run, as far as this host can see: some file systems of clusters keep locks to a node.</summary>
    public static bool IsHeld(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            using var look = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (IOException fault)
        {
            return IsOfAnother(fault, path);
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            return false;
        }
    }

    public void Dispose() => stream.Dispose();

    private static bool IsOfAnother(IOException fault, string path) =>
        File.Exists(path) && !FileFault.IsOfDisk(fault) && fault is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException);
}
