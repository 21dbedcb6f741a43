using System.Text.Json;

namespace Cawb.Coco.Files;

/// <content>Values of the kinds that COCO files have; each is what it must be, or a fault with place.</content>
internal ref partial struct JsonCursor
{
    public readonly long Int64() =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value) ? value : throw Expected("a whole number (an id of 64 bits)");

    public readonly int PixelCount() =>
        reader.TokenType != JsonTokenType.Number ? throw Expected("a whole number of pixels, 0 or more")
        : reader.TryGetInt32(out var value) && value >= 0 ? value
        // Some tools write 640.0.
        : reader.TryGetDouble(out var real) && real is >= 0 and <= int.MaxValue && double.IsInteger(real) ? (int)real
        : throw Expected("a whole number of pixels, 0 or more");

    public readonly double Finite() =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var value) && double.IsFinite(value) ? value : throw Expected("a finite number");

    public readonly bool Flag() => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Number when reader.TryGetInt32(out var value) && value is 0 or 1 => value == 1,
        _ => throw Expected("0 or 1"),
    };

    public readonly string Text()
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw Expected("a text");
        }

        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            throw Fault("Expected a text; its bytes or escapes are not valid Unicode.");
        }
    }

    public CocoBox Box()
    {
        const string Wanted = "four finite numbers [x, y, width, height]";
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw Expected(Wanted);
        }

        Span<double> values = stackalloc double[4];
        for (var i = 0; i < values.Length; i++)
        {
            ReadInside();
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetDouble(out values[i]) || !double.IsFinite(values[i]))
            {
                throw reader.TokenType == JsonTokenType.EndArray ? Fault($"Expected {Wanted}; the list has only {i}.") : Expected(Wanted);
            }
        }

        ReadInside();
        return reader.TokenType == JsonTokenType.EndArray
            ? new CocoBox(values[0], values[1], values[2], values[3])
            : throw Fault($"Expected {Wanted}; the list has more than four.");
    }
}
