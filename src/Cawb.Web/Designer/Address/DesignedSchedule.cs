using System.Text;

namespace Cawb.Web.Designer.Address;

/// <summary>A schedule that the designer shows, as it is written.</summary>
public sealed record DesignedSchedule
{
    /// <summary>Characters of a name.</summary>
    public const int LongestName = 60;

    /// <summary>Characters of a text.</summary>
    public const int LongestText = 64 * 1024;

    /// <summary>Written so.</summary>
    /// <param name="text">JSON of ours, or <c>library.Function{...}</c>; it need not be right. Halves of characters become U+FFFD.</param>
    /// <param name="name">For the legend; empty to be named after its type. What no legend can show is left out.</param>
    /// <param name="isHidden">Whether its curve is left out.</param>
    /// <exception cref="ArgumentException">The text is longer than <see cref="LongestText"/>.</exception>
    public DesignedSchedule(string text, string name = "", bool isHidden = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(name);
        Text = text.Length <= LongestText
            ? WellFormed(text)
            : throw new ArgumentException($"A schedule's text has at most {LongestText} characters; this one has {text.Length}. Take parts out of it.", nameof(text));
        Name = NameOf(name);
        IsHidden = isHidden;
    }

    /// <summary>JSON of ours, or <c>library.Function{...}</c>.</summary>
    public string Text { get; }

    /// <summary>For the legend; empty to be named after its type.</summary>
    public string Name { get; }

    /// <summary>Whether its curve is left out.</summary>
    public bool IsHidden { get; }

    /// <summary>The same with another text.</summary>
    /// <param name="text">At most <see cref="LongestText"/> characters.</param>
    public DesignedSchedule WithText(string text) => new(text, Name, IsHidden);

    /// <summary>The same with another name.</summary>
    /// <param name="name">Any.</param>
    public DesignedSchedule WithName(string name) => new(Text, name, IsHidden);

    /// <summary>The same, seen or not.</summary>
    /// <param name="isHidden">Whether its curve is left out.</param>
    public DesignedSchedule Hidden(bool isHidden) => new(Text, Name, isHidden);

    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static string NameOf(string name)
    {
        var kept = new StringBuilder();
        foreach (var rune in WellFormed(name).EnumerateRunes())
        {
            if (!Rune.IsControl(rune) && rune.Value is not (0xFFFE or 0xFFFF) && kept.Length + rune.Utf16SequenceLength <= LongestName)
            {
                kept.Append(rune);
            }
        }

        return kept.ToString().Trim();
    }
}
