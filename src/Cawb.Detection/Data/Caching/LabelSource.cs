using System.Security.Cryptography;
using System.Text;

namespace Cawb.Detection.Data.Caching;

/// <summary>What one part of a data set is made from.</summary>
/// <param name="Description">The annotation file or the YAML file.</param>
/// <param name="Part"><c>train</c> or <c>val</c>.</param>
/// <param name="Place">Where its pictures are; belongs to the key.</param>
/// <param name="ListFiles">For a data set whose files are found by looking into folders and lists: the image files, looked for anew at every start; null where the description lists them.</param>
internal sealed record LabelSource(string Description, string Part, string Place, Func<IReadOnlyList<string>>? ListFiles)
{
    private IReadOnlyList<string>? _listed;

    /// <summary>Whether a cache that was made from these files still has all there are.</summary>
    internal bool HasFiles(IReadOnlyList<string> files) => ListFiles is null || files.SequenceEqual(WithLabels(Listed()), StringComparer.Ordinal);

    /// <summary>Image and label files of a part that was read.</summary>
    internal IReadOnlyList<string> FilesOf(DetectionDataset dataset) =>
        ListFiles is null ? [.. dataset.Images.Select(image => image.Path)] : WithLabels(Listed());

    internal byte[] DescriptionHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{Path.GetFullPath(Description)}\n{Part}\n{Place}\n"));
        using var file = File.OpenRead(Description);
        hash.AppendData(SHA256.HashData(file));
        return hash.GetHashAndReset();
    }

    private IReadOnlyList<string> Listed() => _listed ??= ListFiles?.Invoke() ?? [];

    private static IReadOnlyList<string> WithLabels(IReadOnlyList<string> pictures) => [.. pictures, .. pictures.Select(YoloLabelFile.PathOf)];
}
