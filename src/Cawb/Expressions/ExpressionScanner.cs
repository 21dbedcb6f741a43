using System.Globalization;

namespace Cawb.Expressions;

/// <summary>Splits an expression into words, signs and numbers by Python's rules.</summary>
internal sealed class ExpressionScanner
{
    private static readonly string[] Symbols = ["**", "//", "<=", ">=", "==", "!=", "+", "-", "*", "/", "%", "(", ")", ",", ".", "<", ">"];

    private readonly string _text;
    private int _position;
    private int _openParentheses;

    public ExpressionScanner(string text)
    {
        _text = text;
        // As Python's eval does, which reads expressions that stand alone.
        _position = text.Length - text.AsSpan().TrimStart(" \t").Length;
    }

    public Token Next()
    {
        SkipBlanks();
        if (_position == _text.Length)
        {
            return new(TokenKind.End, _position + 1, "", default);
        }

        char first = _text[_position];
        if (char.IsAsciiDigit(first) || (first == '.' && _position + 1 < _text.Length && char.IsAsciiDigit(_text[_position + 1])))
        {
            return Number();
        }

        return char.IsAsciiLetter(first) || first == '_' ? Name() : Symbol();
    }

    private Token Name()
    {
        int start = _position;
        while (_position < _text.Length && IsWord(_text[_position]))
        {
            _position++;
        }

        return new(TokenKind.Name, start + 1, _text[start.._position], default);
    }

    private Token Symbol()
    {
        foreach (string symbol in Symbols)
        {
            if (string.CompareOrdinal(_text, _position, symbol, 0, symbol.Length) == 0)
            {
                int column = _position + 1;
                _position += symbol.Length;
                _openParentheses += symbol == "(" ? 1 : symbol == ")" ? -1 : 0;
                return new(TokenKind.Symbol, column, symbol, default);
            }
        }

        throw Refuse(_position, Advice(_text[_position]));
    }

    private Token Number()
    {
        int start = _position;
        char second = _position + 1 < _text.Length ? char.ToLowerInvariant(_text[_position + 1]) : ' ';
        Constant value;
        if (_text[start] == '0' && second is 'x' or 'o' or 'b')
        {
            if (!IntegerOfBase(second, out value))
            {
                throw Refuse(start, $"'{_text[start.._position]}' lacks its digits; write for example 0x1f, 0o17 or 0b101.");
            }
        }
        else
        {
            value = Decimal(start);
        }

        if (_position < _text.Length && (IsWord(_text[_position]) || _text[_position] > '\x7f'))
        {
            throw Refuse(_position, $"'{_text[_position]}' cannot follow the number {_text[start.._position]} directly; put an operator or a blank between them"
                + (_text[_position] == '_' ? " (an underscore stands between two digits)." : "."));
        }

        return new(TokenKind.Number, start + 1, _text[start.._position], value);
    }

    private bool IntegerOfBase(char mark, out Constant value)
    {
        int bits = mark switch { 'x' => 4, 'o' => 3, _ => 1 };
        var sum = System.Numerics.BigInteger.Zero;
        bool any = false;
        _position += 2;
        while (true)
        {
            int digitAt = _position < _text.Length && _text[_position] == '_' ? _position + 1 : _position;
            int digit = digitAt < _text.Length && char.IsAsciiHexDigit(_text[digitAt]) ? Convert.ToInt32(_text[digitAt].ToString(), 16) : int.MaxValue;
            if (digit >= 1 << bits)
            {
                break;
            }

            sum = (sum << bits) + digit;
            any = true;
            _position = digitAt + 1;
        }

        value = Constant.OfInteger(sum);
        return any;
    }

    private Constant Decimal(int start)
    {
        bool isFloat = false;
        SkipDigits();
        if (_position < _text.Length && _text[_position] == '.')
        {
            isFloat = true;
            _position++;
            SkipDigits();
        }

        int exponentAt = _position;
        if (_position < _text.Length && _text[_position] is 'e' or 'E')
        {
            _position++;
            _position += _position < _text.Length && _text[_position] is '+' or '-' ? 1 : 0;
            int digitsAt = _position;
            SkipDigits();
            isFloat |= _position > digitsAt;
            _position = _position > digitsAt ? _position : exponentAt;
        }

        string digits = _text[start.._position].Replace("_", "", StringComparison.Ordinal);
        if (isFloat)
        {
            double value = double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);
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
        bool before = false;
        while (_position < _text.Length)
        {
            if (char.IsAsciiDigit(_text[_position]))
            {
                before = true;
                _position++;
            }
            else if (before && _text[_position] == '_' && _position + 1 < _text.Length && char.IsAsciiDigit(_text[_position + 1]))
            {
                _position += 2;
            }
            else
            {
                return;
            }
        }
    }

    private void SkipBlanks()
    {
        while (_position < _text.Length)
        {
            bool lineBreak = _text[_position] == '\n' || (_text[_position] == '\r' && _position + 1 < _text.Length && _text[_position + 1] == '\n');
            if (lineBreak && _openParentheses <= 0)
            {
                throw Refuse(_position, "A line break may stand only between parentheses.");
            }

            if (!lineBreak && _text[_position] is not (' ' or '\t'))
            {
                return;
            }

            _position += _text[_position] == '\r' ? 2 : 1;
        }
    }

    private ExpressionException Refuse(int position, string problem) => new(_text, position + 1, problem);

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
