namespace Cawb;

/// <summary>
/// The value of a hyper-parameter as a pure function of time and of the base value of a parameter group.
/// </summary>
/// <remarks>
/// A schedule is an immutable value. It does not know what it drives: learning rate, momentum and weight decay use the same type.
/// Most schedules are relative (<c>value = base * factor</c>); those with absolute rates read the base or ignore it.
/// Evaluation never allocates, may happen in any order, and gives the same bits for the same arguments.
/// </remarks>
public abstract record Schedule
{
    /// <summary>The value at a moment of the run.</summary>
    /// <param name="epochs">Time in epochs, 0 at the start of the run; whole numbers are epoch starts, fractions are batches.</param>
    /// <param name="baseValue">The parameter group's base value, for a learning rate the rate the optimizer was made with.</param>
    /// <returns>The value that the batch starting at that moment trains with. Defined and finite for every time, past the end included.</returns>
    public abstract double ValueAt(double epochs, double baseValue);
}
