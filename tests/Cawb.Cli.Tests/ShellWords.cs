namespace Cawb.Cli.Tests;

/// <summary>A line of a shell as the words that a program gets.</summary>
internal static class ShellWords
{
    /// <summary>Blanks separate, quotes keep together; the program itself and what a redirection writes to are no words.</summary>
    public static string[] Split(string line)
    {
        List<string> words = [];
        var word = new System.Text.StringBuilder();
        var (quote, wasQuoted) = ('\0', false);
        foreach (var c in line.Split(" > ")[0] + " ")
        {
            if (quote == '\0' && c == ' ')
            {
                if (word.Length > 0 || wasQuoted)
                {
                    words.Add(word.ToString());
                }

                word.Clear();
                wasQuoted = false;
            }
            else if (c == quote || (quote == '\0' && c is ('"' or '\'')))
            {
                quote = quote == '\0' ? c : '\0';
                wasQuoted = true;
            }
            else
            {
                word.Append(c);
            }
        }

        return [.. words.Skip(1)];
    }
}
