namespace Cawb.Detection.Weights;

/// <summary>Texts from files, which may be long or hold anything, as they can stand in a message.</summary>
internal static class OneLine
{
    private const int MaxLength = 1_000;

    public static string Of(string text)
    {
        var end = text.Length > MaxLength ? "..." : "";
        return string.Create(Math.Min(text.Length, MaxLength), text, (line, whole) =>
        {
            for (var i = 0; i < line.Length; i++)
            {
                line[i] = char.IsControl(whole[i]) ? '?' : whole[i];
            }
        }) + end;
    }
}
