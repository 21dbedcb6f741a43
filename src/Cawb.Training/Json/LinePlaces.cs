using System.Text;

namespace Cawb.Training.Json;

/// <summary>Lines and columns of byte offsets.</summary>
internal sealed class LinePlaces
{
    private readonly List<int> starts = [0];

    public LinePlaces(ReadOnlySpan<byte> utf8)
    {
        for (var i = 0; i < utf8.Length; i++)
        {
            if (utf8[i] == '\n')
            {
                starts.Add(i + 1);
            }
        }
    }

    /// <summary>Of a line and a byte in it, both 0-based.</summary>
    public int OffsetOf(int line, int position) => starts[line] + position;

    /// <summary>Both 1-based; the column counts characters.</summary>
    public (int Line, int Column) Of(ReadOnlySpan<byte> utf8, int offset)
    {
        var found = starts.BinarySearch(offset);
        var line = found >= 0 ? found : ~found - 1;
        return (line + 1, Encoding.UTF8.GetCharCount(utf8[starts[line]..offset]) + 1);
    }
}
