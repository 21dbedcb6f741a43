using System.IO.Enumeration;
using Cawb.Detection.Images;
using Cawb.Training;

namespace Cawb.Cli.Detection;

/// <summary>The pictures that files, folders and patterns stand for.</summary>
internal static class PictureList
{
    private static readonly IReadOnlyList<string> Endings = ImageFile.Extensions;

    /// <summary>Each picture once, in the order of the words; those of a folder or pattern by name.</summary>
    /// <param name="words">Files of any name; folders, of which the pictures directly inside count; patterns with * and ? in their last part, <c>**/</c> before it for any depth.</param>
    /// <exception cref="InputException">A word stands for nothing.</exception>
    public static IReadOnlyList<string> Of(IEnumerable<string> words) => [.. words.SelectMany(Of).Distinct(StringComparer.Ordinal)];

    private static IEnumerable<string> Of(string word)
    {
        if (File.Exists(word))
        {
            return [word];
        }

        if (Directory.Exists(word))
        {
            return Found(Directory.EnumerateFiles(word).Where(IsPicture), $"{word}: the folder has no pictures ({string.Join(", ", Endings)}). Name another folder, or the files.");
        }

        var pattern = Path.GetFileName(word);
        var folder = Path.GetDirectoryName(word) is { Length: > 0 } above ? above : ".";
        var isDeep = Path.GetFileName(folder) == "**";
        folder = !isDeep ? folder : Path.GetDirectoryName(folder) is { Length: > 0 } root ? root : ".";
        if (!pattern.AsSpan().ContainsAny('*', '?'))
        {
            throw new InputException($"{word}: there is no such file or folder. Check the path for a typing error.");
        }

        return Directory.Exists(folder)
            ? Found(Matching(folder, pattern, isDeep), $"{word}: no picture has such a name ({string.Join(", ", Endings)}). Check the pattern.")
            : throw new InputException($"{word}: there is no folder {folder}. Check the path for a typing error.");
    }

    private static IEnumerable<string> Matching(string folder, string pattern, bool isDeep) =>
        Directory.EnumerateFiles(folder, "*", isDeep ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly)
            .Where(path => IsPicture(path) && FileSystemName.MatchesSimpleExpression(pattern, Path.GetFileName(path), ignoreCase: false))
            .Select(path => folder == "." ? Path.GetRelativePath(folder, path) : path);

    private static string[] Found(IEnumerable<string> pictures, string otherwise)
    {
        string[] found = [.. pictures.Order(StringComparer.Ordinal)];
        return found.Length > 0 ? found : throw new InputException(otherwise);
    }

    // Hidden files beside pictures are what systems leave there.
    private static bool IsPicture(string path) => ImageFile.HasExtension(path) && Path.GetFileName(path)[0] != '.';
}
