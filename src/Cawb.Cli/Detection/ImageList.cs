using System.IO.Enumeration;
using Cawb.Detection.Images;
using Cawb.Training;

namespace Cawb.Cli.Detection;

/// <summary>The images that files, folders, patterns and lists stand for.</summary>
internal static class ImageList
{
    private const string ListEnding = ".txt";

    private static readonly IReadOnlyList<string> Endings = ImageFile.Extensions;

    private static readonly string[] Streams = ["http://", "https://", "rtsp://", "rtmp://"];

    /// <summary>Each image once, in the order of the words; those of a folder or pattern by name.</summary>
    /// <param name="words">
    /// Files of any name; folders, of which the images directly inside count; patterns with * and ? in their last part, <c>**/</c> before it for any depth; text files (.txt) with a
    /// path on each line, relative to the list or else to the current folder.
    /// </param>
    /// <param name="note">Told in a sentence what was passed over.</param>
    /// <exception cref="InputException">A word stands for nothing.</exception>
    public static IReadOnlyList<string> Of(IEnumerable<string> words, Action<string> note) => [.. words.SelectMany(word => Of(word, note)).Distinct(StringComparer.Ordinal)];

    private static string[] Of(string word, Action<string> note)
    {
        if (File.Exists(word))
        {
            return Path.GetExtension(word).Equals(ListEnding, StringComparison.OrdinalIgnoreCase) ? Listed(word) : [word];
        }

        if (Directory.Exists(word))
        {
            return Found(Images(Directory.GetFiles(word), word, note), $"{word}: the folder has no images ({string.Join(", ", Endings)}). Name another folder, or the files.");
        }

        var pattern = Path.GetFileName(word);
        var folder = Path.GetDirectoryName(word) is { Length: > 0 } above ? above : ".";
        var isDeep = Path.GetFileName(folder) == "**";
        folder = !isDeep ? folder : Path.GetDirectoryName(folder) is { Length: > 0 } root ? root : ".";
        if (!pattern.AsSpan().ContainsAny('*', '?'))
        {
            throw new InputException(IsStream(word)
                ? $"{word}: cameras and streams cannot be read. Give image files, folders, patterns or a list (.txt)."
                : $"{word}: there is no such file or folder. Check the path for a typing error.");
        }

        return Directory.Exists(folder)
            ? Found(Matching(folder, pattern, isDeep), $"{word}: no image has such a name ({string.Join(", ", Endings)}). Check the pattern.")
            : throw new InputException($"{word}: there is no folder {folder}. Check the path for a typing error.");
    }

    private static string[] Images(string[] files, string folder, Action<string> note)
    {
        string[] others = [.. files.Where(path => !IsImage(path)).Order(StringComparer.Ordinal)];
        if (others.Length > 0 && others.Length < files.Length)
        {
            note($"{folder}: {others.Length} of {files.Length} files are no images ({string.Join(", ", Endings)}) and were left out, such as {Path.GetFileName(others[0])}.");
        }

        return [.. files.Where(IsImage)];
    }

    private static IEnumerable<string> Matching(string folder, string pattern, bool isDeep) =>
        Directory.EnumerateFiles(folder, "*", isDeep ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly)
            .Where(path => IsImage(path) && FileSystemName.MatchesSimpleExpression(pattern, Path.GetFileName(path), ignoreCase: false))
            .Select(path => folder == "." ? Path.GetRelativePath(folder, path) : path);

    private static string[] Listed(string list)
    {
        var folder = Path.GetDirectoryName(list) ?? "";
        var lines = WeightsArgument.Reading(list, () => File.ReadAllLines(list));
        var images = new List<string>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Trim() is not { Length: > 0 } line)
            {
                continue;
            }

            var beside = Path.Combine(folder, line);
            images.Add(File.Exists(beside) ? beside : File.Exists(line) ? line : throw new InputException(
                $"{list}, line {i + 1}: there is no file {line}, neither beside the list nor in the current folder. A list has the path of one image on each line. Correct the line or delete it."));
        }

        return images.Count > 0 ? [.. images] : throw new InputException($"{list}: the list is empty. It needs the path of an image on each line.");
    }

    private static string[] Found(IEnumerable<string> images, string otherwise)
    {
        string[] found = [.. images.Order(StringComparer.Ordinal)];
        return found.Length > 0 ? found : throw new InputException(otherwise);
    }

    private static bool IsStream(string word) => word.All(char.IsAsciiDigit) || Streams.Any(start => word.StartsWith(start, StringComparison.OrdinalIgnoreCase));

    // What begins with a point is hidden: macOS leaves files such as ._photo.jpg that hold no pixels.
    private static bool IsImage(string path) => ImageFile.HasExtension(path) && !Path.GetFileName(path).StartsWith('.');
}
