using System.Text;

namespace Cawb.Cli.Tests.Data;

/// <summary>Damage to files, the same for the same seed: what copying, editing and bad luck do, and what an attacker would.</summary>
internal static class Mutations
{
    private static readonly string[] Values =
    [
        "null", "true", "-1", "0", "1e999", "-1e308", "99999999999999999999999", "NaN", "Infinity", "0.0000000000000001", "\"\"", "\"a\"", "[]", "{}", "[[]]", "\\", "\"", "../../../../..", "/", "/dev/zero", "/dev/null",
        "~", "*x", "&x", "!!binary", "%", "\t", "\u0000", "\uFEFF", "\u2028", "é", ": ", "- ", "#", "'", "|", "{", "[", "]", "}", ",",
    ];

    /// <summary>One damage to a text, or up to four.</summary>
    public static byte[] Text(byte[] text, Random random)
    {
        for (var left = Times(random); left > 0; left--)
        {
            var at = random.Next(text.Length + 1);
            text = random.Next(8) switch
            {
                0 or 1 => WithValue(text, random),
                2 => [.. text[..at], .. Encoding.UTF8.GetBytes(Values[random.Next(Values.Length)]), .. text[at..]],
                3 => WithLinesMoved(text, random),
                4 => [.. text, .. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Values[random.Next(Values.Length)], random.Next(1, 3000))))],
                _ => Bytes(text, random),
            };
        }

        return text;
    }

    /// <summary>One damage to bytes, or up to four.</summary>
    public static byte[] Bytes(byte[] bytes, Random random)
    {
        for (var left = Times(random); left > 0 && bytes.Length > 0; left--)
        {
            var (start, length) = (random.Next(bytes.Length), random.Next(1, 1 + Math.Min(64, bytes.Length)));
            var end = Math.Min(bytes.Length, start + length);
            bytes = random.Next(8) switch
            {
                0 => bytes[..start],
                1 => [.. bytes[..start], .. bytes[end..]],
                2 => [.. bytes[..end], .. bytes[start..end], .. bytes[end..]],
                3 => With(bytes, start, end, _ => (byte)random.Next(256)),
                4 => With(bytes, start, end, _ => 0xFF),
                5 => With(bytes, start, end, _ => 0),
                // Headers are where sizes are.
                6 => With(bytes, Math.Min(start, random.Next(64)), Math.Min(start, random.Next(64)) + 1, _ => (byte)random.Next(256)),
                _ => With(bytes, start, start + 1, value => (byte)(value ^ (1 << random.Next(8)))),
            };
        }

        return bytes;
    }

    private static int Times(Random random) => random.Next(2) == 0 ? 1 : random.Next(1, 5);

    private static byte[] With(byte[] bytes, int start, int end, Func<byte, byte> change)
    {
        var changed = bytes.ToArray();
        for (var i = Math.Min(start, bytes.Length); i < Math.Min(end, bytes.Length); i++)
        {
            changed[i] = change(changed[i]);
        }

        return changed;
    }

    // A number or word of the text becomes another value.
    private static byte[] WithValue(byte[] text, Random random)
    {
        bool IsWord(int i) => i >= 0 && i < text.Length && (char.IsAsciiLetterOrDigit((char)text[i]) || text[i] is (byte)'.' or (byte)'-');
        var at = text.Length == 0 ? 0 : random.Next(text.Length);
        while (at < text.Length && !IsWord(at))
        {
            at++;
        }

        var (start, end) = (at, at);
        while (IsWord(start - 1))
        {
            start--;
        }

        while (IsWord(end))
        {
            end++;
        }

        return [.. text[..start], .. Encoding.UTF8.GetBytes(Values[random.Next(Values.Length)]), .. text[end..]];
    }

    private static byte[] WithLinesMoved(byte[] text, Random random)
    {
        var lines = Encoding.Latin1.GetString(text).Split('\n').ToList();
        var line = lines[random.Next(lines.Count)];
        lines.Remove(line);
        lines.Insert(random.Next(lines.Count + 1), random.Next(2) == 0 ? line : line + line);
        return Encoding.Latin1.GetBytes(string.Join('\n', lines));
    }
}
