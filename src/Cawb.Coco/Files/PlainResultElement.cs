using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace Cawb.Coco.Files;

/// <summary>One element of a result file, if it is of the usual form and whole.</summary>
internal ref struct PlainResultElement
{
    private const int AllKeys = 15;

    // Up to 2^53 and 10^22 both parts of a quotient are exact, and so the quotient is the nearest double.
    private const ulong LargestExact = 1UL << 53;

    private static readonly double[] PowersOfTen =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    private readonly ReadOnlySpan<byte> text;
    private readonly long textStart;

    /// <param name="text">Holds the element, or its beginning.</param>
    /// <param name="at">Where it starts.</param>
    /// <param name="textStart">Where the text starts in the file.</param>
    /// <param name="line">The number of the line.</param>
    /// <param name="lineStart">Where the line starts in the file.</param>
    public PlainResultElement(ReadOnlySpan<byte> text, int at, long textStart, long line, long lineStart)
    {
        this.text = text;
        this.textStart = textStart;
        At = at;
        Line = line;
        LineStart = lineStart;
    }

    /// <summary>Behind what was read.</summary>
    public int At { get; private set; }

    public long Line { get; private set; }

    public long LineStart { get; private set; }

    /// <summary>Whether the text ended within the element.</summary>
    public bool HasRunOut { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryRead(out CocoDetection detection)
    {
        detection = default;
        long imageId = 0, categoryId = 0;
        CocoBox box = default;
        double score = 0;
        var found = 0;
        if (!Take((byte)'{'))
        {
            return false;
        }

        do
        {
            if (!SkipWhite())
            {
                return false;
            }

            var key = TakeKey();
            if (key == 0 || (found & key) != 0 || !Take((byte)':') || !SkipWhite())
            {
                return false;
            }

            found |= key;
            var isRead = key switch
            {
                1 => TryId(out imageId),
                2 => TryId(out categoryId),
                4 => TryBox(out box),
                _ => TryNumber(out score),
            };
            if (!isRead || !SkipWhite())
            {
                return false;
            }
        }
        while (Take((byte)','));

        if (found != AllKeys || !Take((byte)'}'))
        {
            return false;
        }

        detection = new CocoDetection(imageId, categoryId, box, score);
        return true;
    }

    /// <summary>Takes a byte after white space, if it is the one.</summary>
    private bool Take(byte wanted)
    {
        if (!SkipWhite() || text[At] != wanted)
        {
            return false;
        }

        At++;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool SkipWhite()
    {
        for (; At < text.Length; At++)
        {
            var b = text[At];
            if (b == '\n')
            {
                Line++;
                LineStart = textStart + At + 1;
            }
            else if (b is not ((byte)' ' or (byte)'\t' or (byte)'\r'))
            {
                return true;
            }
        }

        HasRunOut = true;
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int TakeKey()
    {
        var rest = text[At..];
        var (key, length) =
            rest.StartsWith("\"image_id\""u8) ? (1, 10)
            : rest.StartsWith("\"category_id\""u8) ? (2, 13)
            : rest.StartsWith("\"bbox\""u8) ? (4, 6)
            : rest.StartsWith("\"score\""u8) ? (8, 7)
            : (0, 0);
        At += length;
        HasRunOut |= key == 0 && rest.Length < 13;
        return key;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryId(out long value)
    {
        value = 0;
        if (!TryDigits(out var isNegative, out var mantissa, out var digits) || digits > 18 || text[At] is (byte)'.' or (byte)'e' or (byte)'E')
        {
            return false;
        }

        value = isNegative ? -(long)mantissa : (long)mantissa;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryBox(out CocoBox box)
    {
        box = default;
        if (!Take((byte)'[') || !SkipWhite() || !TryNumber(out var x)
            || !Take((byte)',') || !SkipWhite() || !TryNumber(out var y)
            || !Take((byte)',') || !SkipWhite() || !TryNumber(out var width)
            || !Take((byte)',') || !SkipWhite() || !TryNumber(out var height)
            || !Take((byte)']'))
        {
            return false;
        }

        box = new CocoBox(x, y, width, height);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryNumber(out double value)
    {
        value = 0;
        var start = At;
        if (!TryDigits(out var isNegative, out var mantissa, out var digits))
        {
            return false;
        }

        var decimals = 0;
        if (text[At] == '.')
        {
            At++;
            var first = At;
            for (; At < text.Length && (uint)(text[At] - '0') <= 9; At++)
            {
                mantissa = (mantissa * 10) + (uint)(text[At] - '0');
            }

            decimals = At - first;
            if (decimals == 0)
            {
                HasRunOut |= At == text.Length;
                return false;
            }
        }

        if (At == text.Length)
        {
            HasRunOut = true;
            return false;
        }

        if (text[At] is (byte)'e' or (byte)'E')
        {
            return false;
        }

        // Nineteen digits never overflow the mantissa; more, or a mantissa that is no exact double, take the long way.
        if (digits + decimals <= 19 && mantissa <= LargestExact)
        {
            var magnitude = mantissa / PowersOfTen[decimals];
            value = isNegative ? -magnitude : magnitude;
            return true;
        }

        return Utf8Parser.TryParse(text[start..At], out value, out var used) && used == At - start && double.IsFinite(value);
    }

    /// <summary>The digits before a decimal point; false where JSON has no number, or the text ends with them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryDigits(out bool isNegative, out ulong mantissa, out int digits)
    {
        mantissa = 0;
        digits = 0;
        isNegative = At < text.Length && text[At] == '-';
        At += isNegative ? 1 : 0;
        var first = At;
        for (; At < text.Length && (uint)(text[At] - '0') <= 9; At++)
        {
            mantissa = (mantissa * 10) + (uint)(text[At] - '0');
        }

        digits = At - first;
        if (At == text.Length)
        {
            HasRunOut = true;
            return false;
        }

        return digits == 1 || (digits > 1 && text[first] != '0');
    }
}
