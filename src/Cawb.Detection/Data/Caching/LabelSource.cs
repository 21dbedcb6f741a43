using System.Security.Cryptography;
using System.Text;

namespace Cawb.Detection.Data.Caching;

/// <summary>What one part of a data set is made from.</summary>
/// <param name="Description">The annotation file or the YAML file.</param>
/// <param name="Part"><c>train</c> or <c>val</c>.</param>
/// <param name="Place">Where its images are; belongs to the key.</param>
/// <param name="ListFiles">For a data set whose files are found by looking into folders and lists: the image files, looked for anew at every start; null where the description lists them.</param>
internal sealed record LabelSource(string Description, string Part, string Place, Func<IReadOnlyList<string>>? ListFiles)
{
    private readonly Lazy<byte[]> descriptionHash = new(() => HashOf(Description, Part, Place));

    /// <summary>Over the description's text and place, as it was when this was first asked for.</summary>
    internal byte[] DescriptionHash => descriptionHash.Value;

    /// <summary>Image files and where their labels are, or would be; null where the description lists them.</summary>
    internal IReadOnlyList<string>? ListedFiles()
    {
        // Asked for here, so that it is the text before it is read.
        _ = DescriptionHash;
        return ListFiles?.Invoke() is { } images ? [.. images, .. images.Select(YoloLabelFile.PathOf)] : null;
    }

    private static byte[] HashOf(string description, string part, string place)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{Path.GetFullPath(description)}\n{part}\n{place}\n"));
        using var file = File.OpenRead(description);
        hash.AppendData(SHA256.HashData(file));
        return hash.GetHashAndReset();
    }
}
