using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cawb.Coco;
using Cawb.Detection.Data;
using Cawb.Files;

namespace Cawb.Digits;

/// <summary>The built-in data set: real handwritten digits on coloured images of 96 x 96 pixels, in COCO format.</summary>
/// <remarks>
/// <para>
/// One to five digits an image, 18 to 44 pixels on the longer side of their tight box, rotated by up to 12 degrees, whole, every one labelled; no box covers more
/// than a fifth of a smaller one; the colour of a digit differs in luminance by 60 of 255 or more from every pixel that it was painted over or beside in its box (then
/// grain of up to 5 is added to everything). Up to four dots, short lying lines or shallow arcs lie beside the digits and are labelled as nothing.
/// </para>
/// <para>
/// Files: <c>images/train</c>, <c>images/val</c>, <c>annotations/instances_train.json</c>, <c>annotations/instances_val.json</c>, <c>contact-sheet.png</c> (the first
/// training images with their boxes) and <c>digits.json</c>. Category ids are 1 to 10, names 0 to 9, so that the class index is the digit. All bytes are functions of
/// the options and MNIST: only arithmetic that IEEE 754 fixes is used, and the PNG files are stored without compression.
/// </para>
/// </remarks>
public static class DigitsDataset
{
    /// <summary>The version of the composition; it changes when the images of a seed do.</summary>
    public const int Version = 1;

    private const string SummaryFile = "digits.json";
    private const string Source = "MNIST by Yann LeCun, Corinna Cortes and Christopher J. C. Burges, CC BY-SA 3.0; images derived from it are under the same licence";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Strict) { WriteIndented = true, NewLine = "\n", PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Makes the set, or recognises it when it is already there, whole and of the same options.</summary>
    /// <remarks>Everything is written into a folder beside the target, which is renamed at the end: an interrupted call leaves no half set.</remarks>
    /// <param name="folder">The target. A set of other options or with altered files is replaced; any other content is left alone and refused.</param>
    /// <param name="source">The digits.</param>
    /// <param name="options">Seed and counts.</param>
    /// <param name="progress">Told after each image.</param>
    /// <param name="cancellation">Ends the making.</param>
    /// <returns>What the set is, and whether it was there before.</returns>
    /// <exception cref="DatasetException">The folder has other content, or the place cannot be written.</exception>
    public static (DigitsSummary Summary, bool WasThere) Create(
        string folder, MnistDigits source, DigitsOptions options, IProgress<DigitsProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        var target = Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar);
        try
        {
            var isOurs = File.Exists(Path.Combine(target, SummaryFile));
            if (Directory.Exists(target) && !isOurs && Directory.EnumerateFileSystemEntries(target).Any())
            {
                throw new DatasetException(target, "The folder has content that is no set of digits. Name another folder or empty this one.");
            }

            if (isOurs && Recognise(target, options) is { } there)
            {
                return (there, true);
            }

            var unfinished = WholeFolder.Begin(target);
            try
            {
                var summary = Write(unfinished, source, options, progress, cancellation);
                WholeFolder.Delete(target);
                WholeFolder.End(unfinished, target);
                return (summary, false);
            }
            catch (IOException) when (Recognise(target, options) is { } made)
            {
                // Another process was faster with the same set.
                return (made, true);
            }
            finally
            {
                WholeFolder.Discard(unfinished);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(target, $"The digits cannot be written there: {e.Message} Free the place or name another folder.", e);
        }
    }

    private static DigitsSummary Write(
        string folder, MnistDigits source, DigitsOptions options, IProgress<DigitsProgress>? progress, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.Combine(folder, "annotations"));
        var total = options.TrainingImages + options.ValidationImages;
        var done = 0;
        var sheet = new List<DigitImage>();
        var training = WritePart("train", source.Training, options.TrainingImages, epoch: 0);
        var validation = WritePart("val", source.Test, options.ValidationImages, epoch: 1);
        WriteFile(Path.Combine(folder, "contact-sheet.png"), StoredPng.Encode(ContactSheet.Draw(sheet)));
        var summary = new DigitsSummary
        {
            Version = Version,
            Seed = options.Seed,
            TrainingImages = options.TrainingImages,
            ValidationImages = options.ValidationImages,
            TrainingDigits = training,
            ValidationDigits = validation,
            Sha256 = HashOf(folder),
            Source = Source,
        };
        WriteFile(Path.Combine(folder, SummaryFile), JsonSerializer.SerializeToUtf8Bytes(summary, Json));
        return summary;

        int WritePart(string name, DigitGlyphs glyphs, int count, int epoch)
        {
            var directory = Path.Combine(folder, "images", name);
            Directory.CreateDirectory(directory);
            var images = new List<CocoImage>(count);
            var annotations = new List<CocoAnnotation>(3 * count);
            for (var i = 0; i < count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                var composed = DigitComposer.Compose(glyphs, new DrawSequence(Draws.For(options.Seed, DrawPurpose.Digits, epoch, i)));
                if (epoch == 0 && sheet.Count < ContactSheet.Capacity)
                {
                    sheet.Add(composed);
                }

                var file = (i + 1).ToString("D6", CultureInfo.InvariantCulture) + ".png";
                WriteFile(Path.Combine(directory, file), StoredPng.Encode(composed.Image));
                images.Add(new CocoImage(i + 1, composed.Image.Width, composed.Image.Height, file));
                foreach (var digit in composed.Digits)
                {
                    var box = new CocoBox(digit.Box.Left, digit.Box.Top, digit.Box.Width, digit.Box.Height);
                    annotations.Add(new CocoAnnotation(annotations.Count + 1, i + 1, digit.Class + 1, box, box.Area));
                }

                progress?.Report(new DigitsProgress(++done, total));
            }

            var categories = Enumerable.Range(0, 10).Select(digit => new CocoCategory(digit + 1, digit.ToString(CultureInfo.InvariantCulture), "digit"));
            new CocoDataset(images, annotations, categories).Write(Path.Combine(folder, "annotations", $"instances_{name}.json"));
            return annotations.Count;
        }
    }

    private static DigitsSummary? Recognise(string folder, DigitsOptions options)
    {
        try
        {
            var stored = JsonSerializer.Deserialize<DigitsSummary>(File.ReadAllBytes(Path.Combine(folder, SummaryFile)), Json);
            return stored is not null && stored.Version == Version && stored.Seed == options.Seed && stored.TrainingImages == options.TrainingImages
                && stored.ValidationImages == options.ValidationImages && stored.Sha256 == HashOf(folder)
                ? stored
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string HashOf(string folder)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var paths = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
            .Where(path => path != SummaryFile)
            .Order(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            var hash = SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, path)));
            all.AppendData(Encoding.UTF8.GetBytes($"{path}\n{Convert.ToHexStringLower(hash)}\n"));
        }

        return Convert.ToHexStringLower(all.GetHashAndReset());
    }

    // No flush to the disk for each of thousands of files: the hash in the summary tells a whole set from a damaged one.
    private static void WriteFile(string path, byte[] bytes)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        file.Write(bytes);
    }
}
