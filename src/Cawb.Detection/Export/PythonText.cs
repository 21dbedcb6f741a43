using System.Globalization;
using System.Text;

namespace Cawb.Detection.Export;

/// <summary>Literals of Python, as which YOLOv5 reads the class names of a file.</summary>
internal static class PythonText
{
    /// <summary>Such as <c>{0: 'cat', 1: 'dog'}</c>.</summary>
    public static string Dictionary(IReadOnlyList<string> names) =>
        $"{{{string.Join(", ", names.Select((name, index) => string.Create(CultureInfo.InvariantCulture, $"{index}: {Quoted(name)}")))}}}";

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("'");
        foreach (var letter in text)
        {
            _ = letter is '\'' or '\\' ? quoted.Append('\\').Append(letter)
                : char.IsControl(letter) ? quoted.Append(CultureInfo.InvariantCulture, $"\\x{(int)letter:x2}")
                : quoted.Append(letter);
        }

        return quoted.Append('\'').ToString();
    }
}
