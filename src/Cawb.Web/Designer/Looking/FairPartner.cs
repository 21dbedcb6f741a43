using Cawb.Insight;

namespace Cawb.Web.Designer.Looking;

/// <summary>A schedule with the mean rate or the final rate of another one, or both.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Text">Its text form; empty where there is none.</param>
/// <param name="Words">What it is, or why there is none.</param>
public sealed record FairPartner(string Name, string Text, string Words)
{
    /// <summary>All that there are.</summary>
    /// <param name="row">Whose mean or end they have.</param>
    /// <param name="all">The schedules of the page, each of which can be scaled.</param>
    public static IReadOnlyList<FairPartner> Of(DesignerRow row, IReadOnlyList<DesignerRow> all)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(all);
        if (row.Evaluation is not { } evaluation)
        {
            return [];
        }

        var (rate, plan, scale) = (evaluation.Rate, evaluation.Plan, evaluation.BaseRate);
        return
        [
            Made($"cosine, mean of {row.Name}", "A cosine with its peak and its warm-up; the floor makes the means equal.", () => FairComparison.Cosine(FairMatch.Mean, rate, plan, scale)),
            Made($"cosine, end of {row.Name}", "A cosine with its peak and its warm-up that ends where it does.", () => FairComparison.Cosine(FairMatch.End, rate, plan, scale)),
            Made($"smooth, mean and end of {row.Name}", "A cosine with its peak, its warm-up and its end; a power that bends its time makes the means equal.", () => FairComparison.Cosine(FairMatch.MeanAndEnd, rate, plan, scale)),
            Made($"constant, mean of {row.Name}", "The constant with its mean.", () => FairComparison.ConstantWithMeanOf(rate, plan, scale)),
            .. all.Where(other => other.Index != row.Index).Select(other => other.Evaluation is { } scaled
                ? Made($"{other.Name}, mean of {row.Name}", $"{other.Name}, scaled: its shape stays, its peak changes.", () => FairComparison.ScaledToMeanOf(scaled.Rate, rate, plan, scale))
                : null).OfType<FairPartner>(),
        ];
    }

    private static FairPartner Made(string name, string words, Func<Schedule> make)
    {
        try
        {
            return new(name, make().CanonicalText, words);
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            return new(name, "", fault is ArgumentException argument ? ArgumentText.Of(argument) : fault.Message);
        }
    }
}
