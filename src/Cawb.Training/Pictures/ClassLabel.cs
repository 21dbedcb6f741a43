using System.Globalization;

namespace Cawb.Training.Pictures;

/// <summary>Names of classes as pictures can show them.</summary>
internal static class ClassLabel
{
    /// <summary>Each on one line and not empty, by class index.</summary>
    /// <param name="names">As the data set has them.</param>
    public static string[] Of(IEnumerable<string> names) => [.. names.Select((name, index) =>
    {
        var line = string.Concat(name.Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? ' ' : letter)).Trim();
        return line.Length > 0 ? line : index.ToString(CultureInfo.InvariantCulture);
    })];
}
