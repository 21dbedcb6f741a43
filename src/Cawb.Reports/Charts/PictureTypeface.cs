using System.Text;
using Cawb.Reports.Files;
using SkiaSharp;
using Svg.Skia.TypefaceProviders;

namespace Cawb.Reports.Charts;

/// <summary>What a painted picture is written in: DejaVu Sans from inside the assembly, so that it looks the same on every machine, also on one without fonts.</summary>
/// <remarks>Where a word has a letter that it lacks, the whole picture is written in a font of the machine that has them all.</remarks>
internal sealed class PictureTypeface : ITypefaceProvider
{
    private static readonly Lazy<SKTypeface> Regular = new(() => Embedded("DejaVuSans.ttf"));
    private static readonly Lazy<SKTypeface> Bold = new(() => Embedded("DejaVuSans-Bold.ttf"));
    private readonly SKTypeface regular;
    private readonly SKTypeface bold;

    private PictureTypeface(SKTypeface regular, SKTypeface bold) => (this.regular, this.bold) = (regular, bold);

    /// <summary>One that has all letters of the words.</summary>
    /// <exception cref="FileException">Neither the own nor a font of the machine has them: boxes instead of letters would tell nobody anything.</exception>
    public static PictureTypeface For(string words)
    {
        int[] letters = [.. words.EnumerateRunes().Where(letter => !Rune.IsControl(letter)).Select(letter => letter.Value).Distinct()];
        var missing = Missing(Regular.Value, letters);
        if (missing.Count == 0)
        {
            return new PictureTypeface(Regular.Value, Bold.Value);
        }
        foreach (var candidate in FontsOfTheMachine(missing))
        {
            if (Missing(candidate, letters).Count == 0)
            {
                return new PictureTypeface(candidate, candidate);
            }
            candidate.Dispose();
        }
        throw new FileException("PNG picture", $"no font of this machine has the letter {new Rune(missing[0])} (U+{missing[0]:X4}) and the others of the chart. Install one, rename what is shown, or write .svg or .html.");
    }

    public SKTypeface FromFamilyName(string fontFamily, SKFontStyleWeight fontWeight, SKFontStyleWidth fontWidth, SKFontStyleSlant fontStyle) =>
        fontWeight >= SKFontStyleWeight.SemiBold ? bold : regular;

    private static List<int> Missing(SKTypeface typeface, int[] letters)
    {
        using var font = new SKFont(typeface);
        return [.. letters.Where(letter => !font.ContainsGlyph(letter))];
    }

    /// <summary>Windows and macOS name the font of a letter; on Linux the files are looked through, upright ones of usual weight first.</summary>
    private static IEnumerable<SKTypeface> FontsOfTheMachine(IEnumerable<int> letters)
    {
        foreach (var letter in letters)
        {
            if (SKFontManager.Default.MatchCharacter(letter) is { } match)
            {
                yield return match;
            }
        }
        if (!OperatingSystem.IsLinux())
        {
            yield break;
        }
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string[] folders = ["/usr/share/fonts", "/usr/local/share/fonts", Path.Combine(home, ".local", "share", "fonts"), Path.Combine(home, ".fonts")];
        var readable = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
        var files = folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*", readable))
            .Where(file => Path.GetExtension(file).ToUpperInvariant() is ".TTF" or ".OTF" or ".TTC");
        foreach (var file in files.OrderBy(IsSpecial).ThenBy(file => file, StringComparer.Ordinal))
        {
            if (SKTypeface.FromFile(file) is { } typeface)
            {
                yield return typeface;
            }
        }
    }

    private static bool IsSpecial(string file)
    {
        string[] marks = ["Bold", "Black", "Italic", "Oblique", "Light", "Thin", "Mono", "Condensed"];
        return marks.Any(mark => Path.GetFileName(file).Contains(mark, StringComparison.OrdinalIgnoreCase));
    }

    private static SKTypeface Embedded(string name)
    {
        using var stream = typeof(PictureTypeface).Assembly.GetManifestResourceStream("Cawb.Reports.Charts." + name);
        return (stream is null ? null : SKTypeface.FromStream(stream)) ?? throw new InvalidOperationException($"The font {name} is not in the assembly.");
    }
}
