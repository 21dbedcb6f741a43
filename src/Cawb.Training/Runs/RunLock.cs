using Cawb.Reports.Files;

namespace Cawb.Training.Runs;

/// <summary>Keeps a run directory to one process. The operating system gives it back when the process ends, however it ends.</summary>
internal sealed class RunLock : IDisposable
{
    public const string FileName = "lock";
    private readonly FileStream stream;

    private RunLock(FileStream stream) => this.stream = stream;

    public static RunLock Take(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return new RunLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException fault) when (File.Exists(path) && !FileFault.IsOfDisk(fault) && fault is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException))
        {
            throw new FileException(folder, "is in use by another process. Wait until it has finished, stop it, or give this run another directory.", fault);
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            throw FileFault.OfWriting(path, fault);
        }
    }

    public void Dispose() => stream.Dispose();
}
