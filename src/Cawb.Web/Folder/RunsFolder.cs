namespace Cawb.Web.Folder;

/// <summary>The folder with runs and comparisons, as pages see it: read, never written, and nothing outside it.</summary>
public sealed class RunsFolder(ServeOptions options)
{
    /// <summary>Whole path.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(options.RunsFolder);
}
