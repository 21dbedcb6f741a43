using System.Text.Json;

namespace Cawb.Training.Runs;

/// <summary>Everything that a run needs to go on as if it had never stopped.</summary>
public sealed record CheckpointContent
{
    /// <summary>The state after a batch.</summary>
    /// <param name="epoch">Number of finished epochs, 0 or more.</param>
    /// <param name="batch">Number of finished batches of the whole run, 0 or more.</param>
    /// <param name="stateJson">Small state as a JSON value: scheduler, best values, counters.</param>
    /// <param name="parts">Large state as files; at least one.</param>
    /// <exception cref="ArgumentException">A count is negative, the state is no JSON, there is no part, or two have one name or a name that is no plain file name.</exception>
    public CheckpointContent(int epoch, long batch, string stateJson, IEnumerable<CheckpointPart> parts)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(batch);
        Epoch = epoch;
        Batch = batch;
        Parts = [.. parts];
        try
        {
            using var document = JsonDocument.Parse(stateJson);
            StateJson = stateJson;
        }
        catch (JsonException fault)
        {
            throw new ArgumentException($"Must be JSON: {fault.Message}", nameof(stateJson), fault);
        }
        if (Parts.Count == 0)
        {
            throw new ArgumentException("A checkpoint has at least one part.", nameof(parts));
        }
        foreach (var part in Parts)
        {
            if (part.Name.Length == 0 || !part.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') || part.Name[0] == '.')
            {
                throw new ArgumentException($"A part's name consists of letters, digits, dots, dashes and underscores; got '{part.Name}'.", nameof(parts));
            }
        }
        if (Parts.DistinctBy(p => p.Name).Count() != Parts.Count)
        {
            throw new ArgumentException($"Two parts have one name: {string.Join(", ", Parts.Select(p => p.Name))}.", nameof(parts));
        }
    }

    /// <summary>Number of finished epochs.</summary>
    public int Epoch { get; }

    /// <summary>Number of finished batches of the whole run.</summary>
    public long Batch { get; }

    /// <summary>Small state as JSON.</summary>
    public string StateJson { get; }

    /// <summary>Large state.</summary>
    public IReadOnlyList<CheckpointPart> Parts { get; }
}
