using System.Text.Json;

namespace Cawb.Coco.Files;

/// <summary>The ids of one kind of thing in an instances file: whole numbers, or texts throughout, which get numbers by their order.</summary>
/// <remarks>COCO's tool goes through ids in their order, texts by code points; equal scores are told apart by it.</remarks>
internal sealed class IdTexts
{
    private readonly Dictionary<string, int> texts = new(StringComparer.Ordinal);
    private bool areNumbers;
    private long[] numbers = [];

    public bool AreTexts => texts.Count > 0;

    /// <summary>The id at the cursor: itself, or for a text what <see cref="Number"/> takes when all are read.</summary>
    public long Read(ref JsonCursor cursor)
    {
        if (cursor.Token != JsonTokenType.String)
        {
            areNumbers = true;
            return !AreTexts ? cursor.Int64() : throw cursor.Expected("a text, as the ids before it");
        }

        if (areNumbers)
        {
            throw cursor.Expected("a whole number (an id of 64 bits), as the ids before it");
        }

        var text = cursor.Text();
        if (!texts.TryGetValue(text, out var index))
        {
            texts.Add(text, index = texts.Count);
        }

        return index;
    }

    /// <summary>What stands for each text: 1 and up by their order; null where ids are numbers. To be called when all are read, before <see cref="Number"/>.</summary>
    public IReadOnlyDictionary<string, long>? Numbers()
    {
        if (!AreTexts)
        {
            return null;
        }

        var ranks = new Dictionary<string, long>(texts.Count, StringComparer.Ordinal);
        numbers = new long[texts.Count];
        foreach (var text in texts.Keys.Order(StringComparer.Ordinal))
        {
            ranks.Add(text, ranks.Count + 1);
            numbers[texts[text]] = ranks.Count;
        }

        return ranks;
    }

    /// <summary>What stands for an id that <see cref="Read"/> gave.</summary>
    public long Number(long id) => AreTexts ? numbers[id] : id;
}
