using System.Globalization;
using System.Text;

namespace Cawb.Reports.Charts;

/// <summary>Words and numbers as pictures show them.</summary>
public static class ChartText
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    // Advance widths of Helvetica for U+0020 to U+007E in thousandths of the font size (Adobe's published metrics).
    private static ReadOnlySpan<short> Widths =>
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    /// <summary>The text as given, when every renderer can show it on one line.</summary>
    public static string Checked(string text, string parameterName, bool mayBeEmpty)
    {
        ArgumentNullException.ThrowIfNull(text, parameterName);
        if (!mayBeEmpty && string.IsNullOrWhiteSpace(text))
        {
            throw new ArgumentException("Must not be empty.", parameterName);
        }
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]) || text[i] is (char)0xFFFE or (char)0xFFFF)
            {
                throw new ArgumentException($"Must not hold control characters; U+{(int)text[i]:X4} stands at position {i}.", parameterName);
            }
            if (char.IsSurrogate(text[i]) && (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1])))
            {
                throw new ArgumentException($"Holds half of a character (U+{(int)text[i]:X4}) at position {i}.", parameterName);
            }
            if (char.IsSurrogate(text[i]))
            {
                i++;
            }
        }
        return text;
    }

    /// <summary>Room that a text takes in a common sans-serif; wide enough for DejaVu Sans, which is the widest of them.</summary>
    public static double Width(string text, double fontSize)
    {
        double thousandths = 0;
        foreach (var letter in text)
        {
            thousandths += letter is >= ' ' and <= '~' ? Widths[letter - ' '] : 600;
        }
        return thousandths * fontSize * 1.14 / 1000;
    }

    /// <summary>The text, cut with an ellipsis where it is wider than <paramref name="width"/>.</summary>
    public static string Fit(string text, double fontSize, double width)
    {
        if (Width(text, fontSize) <= width)
        {
            return text;
        }
        var length = text.Length - 1;
        while (length > 1 && Width(text[..length] + "…", fontSize) > width)
        {
            length--;
        }
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[length - 1]) ? length - 1 : length).TrimEnd(), "…");
    }

    /// <summary>Words joined to lines of at most <paramref name="width"/>.</summary>
    public static List<string> Wrap(string text, double fontSize, double width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = line.Length == 0 ? word : line + " " + word;
            if (line.Length > 0 && Width(longer, fontSize) > width)
            {
                lines.Add(line);
                longer = word;
            }
            line = longer;
        }
        if (line.Length > 0)
        {
            lines.Add(Fit(line, fontSize, width));
        }
        return lines;
    }

    /// <summary>A number to <paramref name="significant"/> digits, without trailing zeros: 0.0123, 12,500, 3.2e-7.</summary>
    public static string Number(double value, int significant)
    {
        if (value == 0)
        {
            return "0";
        }
        var exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        if (exponent is < -5 or > 8)
        {
            return value.ToString("0." + new string('#', significant - 1) + "e-0", CultureInfo.InvariantCulture);
        }
        return Fixed(value, Math.Clamp(significant - 1 - exponent, 0, 15), trim: true);
    }

    /// <summary>A number with a fixed count of decimals and commas from 10,000 on.</summary>
    public static string Fixed(double value, int decimals, bool trim)
    {
        var text = value.ToString((Math.Abs(value) >= 10000 ? "N" : "F") + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        if (trim && text.Contains('.', StringComparison.Ordinal))
        {
            text = text.TrimEnd('0').TrimEnd('.');
        }
        return text is "-0" ? "0" : text;
    }

    /// <summary>10 with a raised exponent.</summary>
    public static string PowerOfTen(int exponent)
    {
        var text = new StringBuilder("10");
        if (exponent < 0)
        {
            text.Append('⁻');
        }
        foreach (var digit in Math.Abs(exponent).ToString(CultureInfo.InvariantCulture))
        {
            text.Append(Superscripts[digit - '0']);
        }
        return text.ToString();
    }

    /// <summary>A number's text without letters beyond ASCII: 2·10⁻³ becomes 2e-3.</summary>
    public static string Ascii(string number)
    {
        var power = number.IndexOf("10", StringComparison.Ordinal);
        if (power >= 0 && power + 2 < number.Length && (number[power + 2] == '⁻' || Superscripts.Contains(number[power + 2], StringComparison.Ordinal)))
        {
            var mantissa = power == 0 ? "1" : number[..(power - 1)];
            var digits = number[(power + 2)..].Select(c => c == '⁻' ? '-' : (char)('0' + Superscripts.IndexOf(c, StringComparison.Ordinal)));
            return mantissa + "e" + string.Concat(digits);
        }
        return number.Replace('−', '-');
    }

    /// <summary>Text as XML and HTML content or attribute value.</summary>
    public static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal);
}
