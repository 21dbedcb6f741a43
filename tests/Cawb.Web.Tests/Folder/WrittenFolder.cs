using Cawb.Web.Folder;

namespace Cawb.Web.Tests.Folder;

/// <summary>A folder of runs, with a place beside it that pages must never reach, and a clock that the test moves.</summary>
internal sealed class WrittenFolder : IDisposable
{
    public const string Secret = "not for anybody's eyes";

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("cawb-folder-");

    public WrittenFolder()
    {
        Runs = Path.Combine(root.FullName, "runs");
        Outside = Path.Combine(root.FullName, "outside");
        Directory.CreateDirectory(Runs);
        Directory.CreateDirectory(Outside);
        Options = new ServeOptions { RunsFolder = Runs };
        Folder = new RunsFolder(Options, Clock);
    }

    public string Runs { get; }

    public string Outside { get; }

    public HandClock Clock { get; } = new();

    public ServeOptions Options { get; }

    public RunsFolder Folder { get; }

    public string Of(params string[] names) => Path.Combine([Runs, .. names]);

    public Task<FoundRuns> LookAsync() => Folder.LookAsync();

    public void Dispose()
    {
        Folder.Dispose();
        root.Delete(recursive: true);
    }
}
