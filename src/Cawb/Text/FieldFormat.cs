using Cawb.Types;

namespace Cawb;

/// <summary>One field of an object of the text form: its name, what it takes, and how to get it from the object.</summary>
/// <param name="Name">The JSON key, which is the name of the property and of the constructor's parameter.</param>
/// <param name="Kind">What it takes.</param>
/// <param name="Summary">One sentence for the schema.</param>
/// <param name="Get">Reads the value from an object of the format's type.</param>
/// <param name="Default">The value that stands for a missing key; null where the key is required.</param>
/// <param name="Range">The numbers that are allowed, for numbers and times.</param>
/// <param name="Options">The words that are allowed, for choices.</param>
/// <param name="EndMove">What becomes of it when the end of the schedule moves.</param>
internal sealed record FieldFormat(
    string Name, FieldKind Kind, string Summary, Func<object, object> Get, object? Default, NumberRange Range, IReadOnlyList<string> Options, EndMove EndMove);
