using Cawb.Types;

namespace Cawb;

/// <summary>Times of a schedule on a clock on which <paramref name="From"/> becomes <paramref name="To"/>.</summary>
/// <param name="From">Above 0.</param>
/// <param name="To">Above 0.</param>
/// <param name="KeepsWholeEpochs">Whether whole numbers stay whole, and those other than 0 at least 1.</param>
internal readonly record struct TimeStretch(double From, double To, bool KeepsWholeEpochs = false)
{
    /// <summary>One product and one division, as <see cref="TrainingPlan"/> divides: a number of steps becomes the moment at which that step starts, exactly.</summary>
    public double Of(double epochs)
    {
        var exact = epochs * To / From;
        return KeepsWholeEpochs && epochs != 0 && epochs == Math.Floor(epochs) ? Math.CopySign(Math.Max(1, Math.Round(Math.Abs(exact))), epochs) : exact;
    }

    public object Of(FieldFormat field, object value)
    {
        var stretch = this;
        return value switch
        {
            double epochs when field.Kind == FieldKind.Time => Of(epochs),
            IReadOnlyList<double> epochs when field.Kind == FieldKind.Times => new ValueList<double>(epochs.Select(Of)),
            Annealing annealing => annealing.Stretched(To / From),
            Schedule part => part.Stretched(this),
            IReadOnlyList<Schedule> parts => new ValueList<Schedule>(parts.Select(part => part.Stretched(stretch))),
            _ => value,
        };
    }
}
