namespace Cawb.Reports.Charts;

/// <summary>Letters that are drawn on by dots: eight braille dots each, or one mark each.</summary>
internal sealed class DotCanvas
{
    private const char BrailleBase = '\u2800';

    // Bit of the dot at (column, row) within a braille letter: Unicode numbers the upper six downwards first, the lowest row last.
    private static ReadOnlySpan<byte> BrailleBits => [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80];

    private readonly bool isBraille;
    private readonly char[] letters;
    private readonly int[] owners;

    public DotCanvas(int columns, int rows, bool isBraille)
    {
        (Columns, Rows, this.isBraille) = (columns, rows, isBraille);
        letters = new char[columns * rows];
        owners = new int[columns * rows];
        Array.Fill(letters, ' ');
        Array.Fill(owners, -1);
    }

    public int Columns { get; }

    public int Rows { get; }

    public int DotsAcross => isBraille ? Columns * 2 : Columns;

    public int DotsDown => isBraille ? Rows * 4 : Rows;

    public char Letter(int column, int row) => letters[row * Columns + column];

    public ReadOnlySpan<char> Letters(int fromColumn, int toColumn, int row) => letters.AsSpan(row * Columns + fromColumn, toColumn - fromColumn);

    /// <summary>Colour that drew last into this letter, -1 for none.</summary>
    public int Owner(int column, int row) => owners[row * Columns + column];

    public void Dot(int x, int y, int owner, char mark)
    {
        if (x < 0 || y < 0 || x >= DotsAcross || y >= DotsDown)
        {
            return;
        }
        var cell = isBraille ? y / 4 * Columns + x / 2 : y * Columns + x;
        if (isBraille)
        {
            var before = letters[cell] >= BrailleBase ? letters[cell] : BrailleBase;
            letters[cell] = (char)(before | BrailleBits[y % 4 * 2 + x % 2]);
        }
        else
        {
            letters[cell] = mark;
        }
        owners[cell] = owner;
    }

    /// <summary>A straight line of dots (Bresenham's).</summary>
    public void Line(ChartPoint from, ChartPoint to, int owner, char mark)
    {
        var (x, y) = Nearest(from);
        var (endX, endY) = Nearest(to);
        var (acrossX, downY) = (Math.Abs(endX - x), -Math.Abs(endY - y));
        var (stepX, stepY) = (x < endX ? 1 : -1, y < endY ? 1 : -1);
        var error = acrossX + downY;
        while (true)
        {
            Dot(x, y, owner, mark);
            if (x == endX && y == endY)
            {
                return;
            }
            var twice = 2 * error;
            if (twice >= downY)
            {
                error += downY;
                x += stepX;
            }
            if (twice <= acrossX)
            {
                error += acrossX;
                y += stepY;
            }
        }
    }

    /// <summary>A letter where nothing is drawn yet.</summary>
    public void Background(int column, int row, char letter)
    {
        if (column >= 0 && column < Columns && row >= 0 && row < Rows && Letter(column, row) == ' ')
        {
            letters[row * Columns + column] = letter;
        }
    }

    public static (int X, int Y) Nearest(ChartPoint point) => ((int)Math.Round(point.X), (int)Math.Round(point.Y));
}
