using System.Runtime.CompilerServices;

namespace Cawb;

/// <summary>Rising lists of moments: the check at birth and the search at evaluation.</summary>
internal static class Boundaries
{
    public static ValueList<double> Checked(IEnumerable<double> epochs, [CallerArgumentExpression(nameof(epochs))] string name = "")
    {
        var list = new ValueList<double>(Require.NotNull(epochs, name));
        for (var i = 0; i < list.Count; i++)
        {
            var before = i == 0 ? 0 : list[i - 1];
            if (!double.IsFinite(list[i]) || list[i] <= before)
                throw new ArgumentException($"Number {i} of the list is epoch {Require.Text(list[i])}; it must be a finite number after {Require.Text(before)}.", name);
        }

        return list;
    }

    /// <summary>How many of the boundaries lie at or before a moment, which is the index of the stretch that holds it.</summary>
    public static int CountUpTo(ValueList<double> boundaries, double epochs)
    {
        var found = boundaries.Span.BinarySearch(epochs);
        return found >= 0 ? found + 1 : ~found;
    }

    /// <summary>The first boundary after a moment; positive infinity after the last.</summary>
    public static double Next(ValueList<double> boundaries, double epochs)
    {
        var count = CountUpTo(boundaries, epochs);
        return count < boundaries.Count ? boundaries[count] : double.PositiveInfinity;
    }

    /// <summary>How many whole periods lie before or at a moment, exact where the moment is a multiple of the period.</summary>
    public static double PeriodsUpTo(double periodEpochs, double epochs)
    {
        // The quotient is rounded; the products decide, because they are what the events list. Logarithms and quotients alone miss boundaries.
        var count = Math.Floor(epochs / periodEpochs);
        if ((count + 1) * periodEpochs <= epochs)
            return count + 1;
        return count * periodEpochs > epochs ? count - 1 : count;
    }
}
