using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cawb.Coco;
using Cawb.Files;

namespace Cawb.Detection.Data;

/// <summary>Draws images at random from a COCO data set, reproducibly, for experiments of a size that a machine can bear.</summary>
/// <remarks>
/// The image ids of a part are sorted ascending and permuted by <see cref="Draws"/> (purpose <see cref="DrawPurpose.Subset"/>, epoch 0 for training and 1 for validation); the first
/// n are taken. Images without labels are eligible like all others. Nothing of the images is copied: <c>images/train</c> and <c>images/val</c> are links to the folders of the
/// original. Where links cannot be made (Windows without developer mode, some file systems), the drawn images are copied. <c>train-ids.txt</c> and <c>val-ids.txt</c> have one id a line, ascending; <c>subset.json</c> has seed, counts and the SHA-256 of both lists.
/// </remarks>
public static class CocoSubset
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>Writes a subset as a COCO folder of its own.</summary>
    /// <param name="source">A COCO folder.</param>
    /// <param name="target">Must not be there or be empty.</param>
    /// <param name="training">Images of the training part, 1 or more.</param>
    /// <param name="validation">Images of the validation part, 1 or more.</param>
    /// <param name="seed">Any.</param>
    /// <returns>SHA-256 of the two id lists, lower-case hex, and whether the images are linked and not copied.</returns>
    /// <exception cref="DatasetException">The source is no COCO folder or has too few images, or the target cannot be written.</exception>
    public static (string Training, string Validation, bool IsLinked) Create(string source, string target, int training, int validation, ulong seed) =>
        Create(source, target, training, validation, seed, (link, folder) => Directory.CreateSymbolicLink(link, folder));

    internal static (string Training, string Validation, bool IsLinked) Create(
        string source, string target, int training, int validation, ulong seed, Action<string, string> makeLink)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(training, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(validation, 1);
        var folder = Path.GetFullPath(target).TrimEnd(Path.DirectorySeparatorChar);
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new DatasetException(folder, "The folder is not empty. Name another one for the subset.");
        }

        // Both parts are drawn before anything is written.
        var (trainingPart, trainingImages) = Draw(CocoLayout.Annotations(source, "train"), training, seed, part: 0);
        var (validationPart, validationImages) = Draw(CocoLayout.Annotations(source, "val"), validation, seed, part: 1);
        string? unfinished = null;
        try
        {
            unfinished = WholeFolder.Begin(folder);
            Directory.CreateDirectory(Path.Combine(unfinished, "annotations"));
            Directory.CreateDirectory(Path.Combine(unfinished, "images"));
            var isLinked = Provide(unfinished, "train", trainingPart, trainingImages, makeLink) & Provide(unfinished, "val", validationPart, validationImages, makeLink);
            var trainingHash = Write(unfinished, "train", trainingPart);
            var validationHash = Write(unfinished, "val", validationPart);
            var summary = new Dictionary<string, object>
            {
                ["seed"] = seed,
                ["trainingPictures"] = training,
                ["trainingIdsSha256"] = trainingHash,
                ["validationPictures"] = validation,
                ["validationIdsSha256"] = validationHash,
                ["imagesWithoutLabels"] = "eligible",
            };
            WholeFile.Write(Path.Combine(unfinished, "subset.json"), stream => JsonSerializer.Serialize(stream, summary, Json));
            WholeFolder.End(unfinished, folder);
            return (trainingHash, validationHash, isLinked);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(folder, $"The subset cannot be written there: {e.Message} Free the place or name another folder.", e);
        }
        finally
        {
            WholeFolder.Discard(unfinished);
        }
    }

    private static (CocoDataset Part, string Images) Draw(string annotations, int count, ulong seed, int part)
    {
        var all = CocoFolder.ReadAnnotations(annotations);
        var ids = all.Images.Select(image => image.Id).Order().ToArray();
        if (count > ids.Length)
        {
            throw new DatasetException(annotations, string.Create(CultureInfo.InvariantCulture, $"Has {ids.Length} images; {count} cannot be drawn from it. Ask for fewer."));
        }

        var drawn = Draws.For(seed, DrawPurpose.Subset, part, 0).Permutation(ids.Length).Take(count).Select(i => ids[i]).ToHashSet();
        var (folder, name) = CocoLayout.Images(all, annotations, new ProblemList());
        var subset = new CocoDataset(
            all.Images.Where(image => drawn.Contains(image.Id)).OrderBy(image => image.Id).Select(image => new CocoImage(image.Id, image.Width, image.Height, name(image.FileName))),
            all.Annotations.Where(annotation => drawn.Contains(annotation.ImageId)),
            all.Categories);
        return (subset, folder);
    }

    private static bool Provide(string folder, string name, CocoDataset part, string images, Action<string, string> makeLink)
    {
        var place = Path.Combine(folder, "images", name);
        try
        {
            makeLink(place, Path.GetFullPath(images));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // An image that is missing is missing in the subset too; checking says so.
            foreach (var file in part.Images.Select(image => image.FileName).Where(file => File.Exists(Path.Combine(images, file))))
            {
                var copy = Path.Combine(place, file);
                Directory.CreateDirectory(Path.GetDirectoryName(copy) ?? place);
                File.Copy(Path.Combine(images, file), copy);
            }

            return false;
        }
    }

    private static string Write(string folder, string name, CocoDataset part)
    {
        part.Write(Path.Combine(folder, "annotations", $"instances_{name}.json"));
        var ids = Encoding.ASCII.GetBytes(string.Concat(part.Images.Select(image => string.Create(CultureInfo.InvariantCulture, $"{image.Id}\n"))));
        WholeFile.Write(Path.Combine(folder, $"{name}-ids.txt"), stream => stream.Write(ids));
        return Convert.ToHexStringLower(SHA256.HashData(ids));
    }
}
