using Cawb.Detection.Data;

namespace Cawb.Cli.Detection;

/// <summary>What a person should know of a data set before its numbers are believed.</summary>
internal static class DataFindings
{
    /// <summary>A line for each kind, the worst first.</summary>
    public static void Write(DetectionData data, TextWriter notes)
    {
        foreach (var finding in data.Findings)
        {
            notes.WriteLine($"{finding.Severity}: {finding.Summary}");
        }
    }
}
