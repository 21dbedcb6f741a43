using System.Text.RegularExpressions;

namespace Cawb.Cli.Tests.Comparison;

/// <summary>What a comparison leaves: reports, pictures, tables.</summary>
internal static partial class ComparisonFiles
{
    /// <summary>Fails where two comparisons of one plan left other files, or others than their times, folders and the number of runs at once explain.</summary>
    public static void RequireSame(string expected, string actual)
    {
        string[] files = [.. Of(expected)];
        Assert.Contains("report.md", files);
        Assert.Equal(files, Of(actual));
        foreach (var file in files)
        {
            Assert.Equal(WithoutTimes(expected, file), WithoutTimes(actual, file));
        }
    }

    private static IEnumerable<string> Of(string folder) => Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    private static string WithoutTimes(string folder, string file)
    {
        var text = File.ReadAllText(Path.Combine(folder, file)).Replace(" --jobs 1", "", StringComparison.Ordinal).Replace(folder, "FOLDER", StringComparison.Ordinal);
        return file == "results.csv" ? LastColumn().Replace(text, "TIME") : Times().Replace(text, "TIME");
    }

    [GeneratedRegex(@"[^,]*$", RegexOptions.Multiline)]
    private static partial Regex LastColumn();

    // Lengths of time with their share in brackets, and the shares of the sentence, whose order is that of size.
    [GeneratedRegex(@"[0-9.]+ (s|min [0-9]+ s)( \([0-9]+ %\))?|of which .*: the first is what limits it")]
    private static partial Regex Times();
}
