using System.Globalization;

namespace Cawb.Expressions;

/// <summary>Splits an expression into words, signs and numbers by Python's rules.</summary>
internal sealed class ExpressionScanner
{
    private static readonly string[] Symbols = ["**", "//", "<=", ">=", "==", "!=", "+", "-", "*", "/", "%", "(", ")", ",", ".", "<", ">"];

    private readonly string text;
    private int position;
    private int openParentheses;

    public ExpressionScanner(string text)
    {
        this.text = text;
        // As Python's eval does, which reads expressions that stand alone.
        position = text.Length - text.AsSpan().TrimStart(" \t").Length;
    }

    public Token Next()
    {
        SkipBlanks();
        if (position == text.Length)
        {
            return new(TokenKind.End, position + 1, "", default);
        }

        var first = text[position];
        if (char.IsAsciiDigit(first) || (first == '.' && position + 1 < text.Length && char.IsAsciiDigit(text[position + 1])))
        {
            return Number();
        }

        return char.IsAsciiLetter(first) || first == '_' ? Name() : Symbol();
    }

    private Token Name()
    {
        var start = position;
        while (position < text.Length && IsWord(text[position]))
        {
            position++;
        }

        return new(TokenKind.Name, start + 1, text[start..position], default);
    }

    private Token Symbol()
    {
        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(text, position, symbol, 0, symbol.Length) == 0)
            {
                var column = position + 1;
                position += symbol.Length;
                openParentheses += symbol == "(" ? 1 : symbol == ")" ? -1 : 0;
                return new(TokenKind.Symbol, column, symbol, default);
            }
        }

        throw Refuse(position, Advice(text[position]));
    }

    private Token Number()
    {
        var start = position;
        var second = position + 1 < text.Length ? char.ToLowerInvariant(text[position + 1]) : ' ';
        Constant value;
        if (text[start] == '0' && second is 'x' or 'o' or 'b')
        {
            if (!IntegerOfBase(second, out value))
            {
                throw Refuse(start, $"'{text[start..position]}' lacks its digits; write for example 0x1f, 0o17 or 0b101.");
            }
        }
        else
        {
            value = Decimal(start);
        }

        if (position < text.Length && (IsWord(text[position]) || text[position] > '\x7f'))
        {
            throw Refuse(position, $"'{text[position]}' cannot follow the number {text[start..position]} directly; put an operator or a blank between them"
                + (text[position] == '_' ? " (an underscore stands between two digits)." : "."));
        }

        return new(TokenKind.Number, start + 1, text[start..position], value);
    }

    private bool IntegerOfBase(char mark, out Constant value)
    {
        var bits = mark switch { 'x' => 4, 'o' => 3, _ => 1 };
        var sum = System.Numerics.BigInteger.Zero;
        var any = false;
        position += 2;
        while (true)
        {
            var digitAt = position < text.Length && text[position] == '_' ? position + 1 : position;
            var digit = digitAt < text.Length && char.IsAsciiHexDigit(text[digitAt]) ? Convert.ToInt32(text[digitAt].ToString(), 16) : int.MaxValue;
            if (digit >= 1 << bits)
            {
                break;
            }

            sum = (sum << bits) + digit;
            any = true;
            position = digitAt + 1;
        }

        value = Constant.OfInteger(sum);
        return any;
    }

    private Constant Decimal(int start)
    {
        var isFloat = false;
        SkipDigits();
        if (position < text.Length && text[position] == '.')
        {
            isFloat = true;
            position++;
            SkipDigits();
        }

        var exponentAt = position;
        if (position < text.Length && text[position] is 'e' or 'E')
        {
            position++;
            position += position < text.Length && text[position] is '+' or '-' ? 1 : 0;
            var digitsAt = position;
            SkipDigits();
            isFloat |= position > digitsAt;
            position = position > digitsAt ? position : exponentAt;
        }

        var digits = text[start..position].Replace("_", "", StringComparison.Ordinal);
        if (isFloat)
        {
            var value = double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);
            return double.IsFinite(value) ? Constant.OfFloat(value) : throw Refuse(start, $"{digits} is too large; the largest number is about 1.8e308.");
        }

        if (digits[0] == '0' && digits.AsSpan().TrimStart('0').Length > 0)
        {
            throw Refuse(start, $"An integer does not start with 0; write {digits.TrimStart('0')}, or 0o{digits.TrimStart('0')} if octal digits are meant.");
        }

        return Constant.OfInteger(System.Numerics.BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture));
    }

    // Digits with single underscores between them.
    private void SkipDigits()
    {
        var before = false;
        while (position < text.Length)
        {
            if (char.IsAsciiDigit(text[position]))
            {
                before = true;
                position++;
            }
            else if (before && text[position] == '_' && position + 1 < text.Length && char.IsAsciiDigit(text[position + 1]))
            {
                position += 2;
            }
            else
            {
                return;
            }
        }
    }

    private void SkipBlanks()
    {
        while (position < text.Length)
        {
            var lineBreak = text[position] == '\n' || (text[position] == '\r' && position + 1 < text.Length && text[position + 1] == '\n');
            if (lineBreak && openParentheses <= 0)
            {
                throw Refuse(position, "A line break may stand only between parentheses.");
            }

            if (!lineBreak && text[position] is not (' ' or '\t'))
            {
                return;
            }

            position += text[position] == '\r' ? 2 : 1;
        }
    }

    private ExpressionException Refuse(int position, string problem) => new(text, position + 1, problem);

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private static string Advice(char c) => c switch
    {
        '^' => "'^' is not allowed; a power is written with **.",
        '=' => "'=' is not allowed; equality is written with ==, and nothing can be assigned.",
        '!' => "'!' is not allowed; write 'not', or != for unequal.",
        '&' => "'&' is not allowed; write 'and'.",
        '|' => "'|' is not allowed; write 'or'.",
        '?' or ':' => $"'{c}' is not allowed; a choice is written as 'a if condition else b', and 'lambda x, y:' is left out.",
        '[' or ']' or '{' or '}' => $"'{c}' is not allowed; use parentheses.",
        '"' or '\'' => $"{c} is not allowed; an expression has numbers, no text.",
        '#' => "'#' is not allowed; an expression has no comments.",
        _ => $"{(char.IsControl(c) || char.IsSurrogate(c) ? $"The character U+{(int)c:X4}" : $"'{c}'")} is not allowed; "
            + "an expression consists of ASCII numbers, names, parentheses and the operators + - * / // % ** < <= > >= == !=.",
    };
}
