namespace Cawb;

/// <summary>Names as the text form writes them.</summary>
internal static class Words
{
    public static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
