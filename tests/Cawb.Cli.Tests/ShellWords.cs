namespace Cawb.Cli.Tests;

/// <summary>A line of a shell as the words that a program gets.</summary>
internal static class ShellWords
{
    /// <summary>Blanks separate, quotes keep together; the program itself and what a redirection writes to are no words.</summary>
    public static string[] Split(string line)
    {
        List<string> words = [];
        var word = new System.Text.StringBuilder();
        var quote = '\0';
        foreach (var c in line.Split(" > ")[0] + " ")
        {
            if (quote == '\0' && c == ' ')
            {
                words.Add(word.ToString());
                word.Clear();
            }
            else if (c == quote || (quote == '\0' && c is ('"' or '\'')))
            {
                quote = quote == '\0' ? c : '\0';
            }
            else
            {
                word.Append(c);
            }
        }

        return [.. words.Where(text => text.Length > 0).Skip(1)];
    }
}
