namespace Cawb.Training.Slurm;

/// <summary>Words as a shell takes them.</summary>
public static class ShellWord
{
    /// <summary>The word itself where nothing in it means something to a shell, else in single quotes.</summary>
    /// <param name="word">Any.</param>
    public static string Quoted(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or '/' or '=' or ':' or ',' or '+' or '%')
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }

    /// <summary>Words with spaces between them.</summary>
    /// <param name="words">Any.</param>
    public static string Joined(IEnumerable<string> words) => string.Join(' ', words.Select(Quoted));
}
