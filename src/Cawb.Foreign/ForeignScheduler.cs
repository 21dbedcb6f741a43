namespace Cawb.Foreign;

/// <summary>
/// A library's scheduler on a stand-in optimizer: it is called as the library is called and shows the rates that the library would have set.
/// </summary>
/// <remarks>
/// Where the rates depend on time alone it is a position on <see cref="ForeignSchedule.LearningRates"/>; where they depend on metrics, or on the calls before, it is the library's own recursion.
/// A fresh scheduler stands right after the library's constructor. Not safe for use from several threads.
/// </remarks>
public abstract class ForeignScheduler
{
    private protected ForeignScheduler(string name, IEnumerable<double> rates)
    {
        Name = name;
        Rates = [.. rates];
    }

    /// <summary>Library and function, such as <c>torch.StepLR</c>.</summary>
    public string Name { get; }

    /// <summary>How many calls were made and returned.</summary>
    public int CallCount { get; private set; }

    /// <summary>The rate of each parameter group now. The span shows later values too: copy what must stay.</summary>
    public ReadOnlySpan<double> LearningRates => Rates;

    /// <summary>The momentum (beta 1 of Adam) of each parameter group now; empty where the library leaves momentum alone.</summary>
    public ReadOnlySpan<double> Momenta => MomentumValues;

    private protected double[] Rates { get; }

    private protected double[] MomentumValues { get; init; } = [];

    /// <summary>The library's <c>step()</c>.</summary>
    /// <exception cref="InvalidOperationException">The library raises here, or has no such call.</exception>
    public void Step()
    {
        Advance();
        CallCount++;
    }

    /// <summary>The library's <c>step(epoch)</c>, or the evaluation at a step of a library whose schedules are functions.</summary>
    /// <param name="position">In the library's own unit; a finite number.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not finite, or a position that the library refuses.</exception>
    /// <exception cref="InvalidOperationException">The library raises here, or has no such call.</exception>
    public void StepTo(double position)
    {
        if (!double.IsFinite(position))
            throw new ArgumentOutOfRangeException(nameof(position), $"Must be a finite number; got {Text.Of(position)}.");
        AdvanceTo(position);
        CallCount++;
    }

    /// <summary>The library's <c>step(metric)</c>.</summary>
    /// <param name="metric">The figure that the library watches; NaN counts as the library counts it.</param>
    /// <exception cref="InvalidOperationException">The library has no such call.</exception>
    public void StepWithMetric(double metric)
    {
        AdvanceWith(metric);
        CallCount++;
    }

    private protected virtual void Advance() => throw NotOffered("step()");

    private protected virtual void AdvanceTo(double position) => throw NotOffered("step(epoch)");

    private protected virtual void AdvanceWith(double metric) => throw NotOffered("step(metric)");

    private protected InvalidOperationException Raised(string problem) => new($"{Name}: {problem}");

    private InvalidOperationException NotOffered(string call) => Raised($"the library's scheduler has no {call} of this form.");
}
