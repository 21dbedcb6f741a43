using System.Globalization;
using System.Text.RegularExpressions;

namespace Cawb.Foreign.Composer;

/// <summary>A time of Composer: so many batches or samples. Epochs are turned into batches, shares of the run into the unit of the run.</summary>
/// <param name="Value">Whole, because Composer truncates.</param>
/// <param name="IsSamples">Whether it counts samples instead of batches.</param>
internal readonly partial record struct ComposerTime(double Value, bool IsSamples)
{
    /// <summary>Reads a text such as <c>2ep</c>, <c>7ba</c>, <c>64sp</c> or <c>0.25dur</c>.</summary>
    /// <param name="arguments">For messages.</param>
    /// <param name="name">For messages.</param>
    /// <param name="text">The time.</param>
    /// <param name="run">What epochs and shares refer to.</param>
    /// <param name="scale">The scale schedule ratio (<c>ssr</c>); shares of the run are not scaled.</param>
    public static ComposerTime Read(Arguments arguments, string name, string text, ComposerRun run, double scale)
    {
        var match = Pattern().Match(text);
        if (!match.Success || !double.TryParse(match.Groups[1].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            throw arguments.Fault(name, $"must be a time such as \"2ep\", \"7ba\", \"64sp\" or \"0.25dur\"; got \"{text}\"");
        return match.Groups[2].Value switch
        {
            "dur" => run.Share(value),
            "ep" => new ComposerTime(Math.Truncate(value * run.BatchesPerEpoch * scale), IsSamples: false),
            var unit => new ComposerTime(Math.Truncate(value * scale), IsSamples: unit == "sp"),
        };
    }

    /// <summary>A moment, given in batches, in the unit of this time.</summary>
    public double Reached(double batches, ComposerRun run) => IsSamples ? batches * run.SamplesPerBatch : batches;

    [GeneratedRegex(@"^\s*([0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?)\s*(ep|ba|sp|dur)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
