using System.Text.Json;
using Cawb.Foreign;

namespace Cawb.Web.Designer.Editing;

/// <summary>A library's function with its arguments as one text: <c>torch.StepLR{"step_size": 30}</c>.</summary>
/// <param name="Function">Library and function.</param>
/// <param name="Arguments">JSON.</param>
public sealed record ForeignCallText(string Function, string Arguments)
{
    /// <summary>Reads a text that is no JSON of ours; null where it does not begin with a name.</summary>
    /// <param name="text">Any.</param>
    public static ForeignCallText? Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.Trim();
        var end = trimmed.IndexOf('{', StringComparison.Ordinal);
        var name = (end < 0 ? trimmed : trimmed[..end]).TrimEnd();
        return name.Length > 0 && char.IsAsciiLetter(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.')
            ? new(name, end < 0 ? "{}" : trimmed[end..])
            : null;
    }

    /// <summary>The arguments by name, each as JSON; empty where they are no object.</summary>
    public IReadOnlyDictionary<string, string> Values
    {
        get
        {
            try
            {
                using var document = JsonDocument.Parse(Arguments);
                return document.RootElement.ValueKind == JsonValueKind.Object
                    ? document.RootElement.EnumerateObject().GroupBy(member => member.Name, StringComparer.Ordinal).ToDictionary(member => member.Key, member => member.Last().Value.GetRawText(), StringComparer.Ordinal)
                    : new Dictionary<string, string>();
            }
            catch (JsonException)
            {
                return new Dictionary<string, string>();
            }
        }
    }

    /// <summary>The same with another value for one argument.</summary>
    /// <param name="name">Of the argument.</param>
    /// <param name="value">JSON; empty to leave it to the function's default.</param>
    public ForeignCallText With(string name, string value)
    {
        var known = ForeignSchedules.Names.Contains(Function) ? ForeignSchedules.ParametersOf(Function) : [];
        var values = new Dictionary<string, string>(Values, StringComparer.Ordinal) { [name] = value };
        // In the order of the function's own parameters.
        var pairs = values.Where(pair => pair.Value.Length > 0).OrderBy(pair => known.ToList().IndexOf(pair.Key) is >= 0 and var place ? place : int.MaxValue);
        return this with { Arguments = $"{{{string.Join(", ", pairs.Select(pair => $"{JsonSerializer.Serialize(pair.Key)}: {pair.Value}"))}}}" };
    }

    /// <inheritdoc/>
    public override string ToString() => Function + Arguments;
}
