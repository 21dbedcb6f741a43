namespace Cawb.Reports.Charts;

/// <summary>The range an axis shows and the marks on it.</summary>
internal sealed record AxisTicks(double Minimum, double Maximum, IReadOnlyList<AxisTick> Ticks)
{
    // In the order of how easily a reader counts with them; the cost is weighed against too many marks, too few, and room that stays empty.
    private static readonly (double Step, double Cost)[] NiceSteps = [(1, 0), (2, 0.02), (5, 0.03), (2.5, 0.12), (3, 0.3)];

    /// <summary>Marks at round numbers.</summary>
    /// <param name="minimum">Least value shown.</param>
    /// <param name="maximum">Largest value shown, above <paramref name="minimum"/>.</param>
    /// <param name="target">About how many labels there is room for.</param>
    /// <param name="mayGrow">Whether the range may be widened to whole steps.</param>
    /// <param name="isWhole">Whether fractions would mean nothing.</param>
    public static AxisTicks Linear(double minimum, double maximum, int target, bool mayGrow, bool isWhole)
    {
        var span = maximum - minimum;
        var exponent = (int)Math.Floor(Math.Log10(span / target));
        var (best, bestCost) = (span, double.PositiveInfinity);
        for (var power = exponent - 1; power <= exponent + 2; power++)
        {
            foreach (var (mantissa, mantissaCost) in NiceSteps)
            {
                var step = mantissa * Math.Pow(10, power);
                if (isWhole && (step < 1 || step != Math.Floor(step)))
                {
                    continue;
                }
                var (first, last) = mayGrow ? (Down(minimum, step), Up(maximum, step)) : (Up(minimum, step), Down(maximum, step));
                var labels = last - first + 1;
                if (labels < 2 || labels > 2.2 * target)
                {
                    continue;
                }
                var waste = mayGrow ? (labels - 1) * step / span - 1 : 0;
                var openEnds = mayGrow ? 0 : (first * step > minimum + span * 1e-9 ? 0.05 : 0) + (last * step < maximum - span * 1e-9 ? 0.2 : 0);
                var crowd = Math.Abs(Math.Log(labels / target)) * (labels > target ? 1.2 : 0.7);
                var cost = mantissaCost + waste + openEnds + crowd;
                if (cost < bestCost)
                {
                    (best, bestCost) = (step, cost);
                }
            }
        }
        if (double.IsPositiveInfinity(bestCost))
        {
            return new AxisTicks(minimum, maximum, isWhole ? [.. WholeBetween(minimum, maximum).Select(LoneTick)] : [LoneTick(minimum), LoneTick(maximum)]);
        }
        var low = mayGrow ? Down(minimum, best) : Up(minimum, best);
        var high = mayGrow ? Up(maximum, best) : Down(maximum, best);
        var ticks = new List<AxisTick>();
        for (var k = low; k <= high; k++)
        {
            ticks.Add(new AxisTick(k * best, StepLabel(k * best, best, Math.Max(Math.Abs(low), Math.Abs(high)) * best)));
        }
        return new AxisTicks(mayGrow ? low * best : minimum, mayGrow ? high * best : maximum, ticks);
    }

    /// <summary>Marks at powers of ten, and between them when there are few.</summary>
    /// <inheritdoc cref="Linear" path="/param"/>
    public static AxisTicks Logarithmic(double minimum, double maximum, int target, bool mayGrow)
    {
        var decades = Math.Log10(maximum) - Math.Log10(minimum);
        if (mayGrow)
        {
            (minimum, maximum) = decades > 1.5 ? (PowerDown(minimum), PowerUp(maximum)) : (RoundDown(minimum), RoundUp(maximum));
            decades = Math.Log10(maximum) - Math.Log10(minimum);
        }
        if (decades < 0.6)
        {
            return Linear(minimum, maximum, target, mayGrow: false, isWhole: false);
        }
        var stride = Math.Max(1, (int)Math.Ceiling(decades / target));
        var labelled = decades * 3 <= target * 1.2 ? "125" : decades * 2 <= target ? "13" : "1";
        var usePowers = minimum < 0.99e-4 || maximum > 1.01e5;
        var ticks = new List<AxisTick>();
        for (var power = (int)Math.Floor(Math.Log10(minimum)) - 1; power <= (int)Math.Ceiling(Math.Log10(maximum)); power++)
        {
            for (var digit = 1; digit <= 9; digit++)
            {
                var value = double.Parse($"{digit}e{power}", System.Globalization.CultureInfo.InvariantCulture);
                if (value < minimum * (1 - 1e-9) || value > maximum * (1 + 1e-9))
                {
                    continue;
                }
                var hasLabel = labelled.Contains((char)('0' + digit), StringComparison.Ordinal) && power % stride == 0;
                if (hasLabel)
                {
                    ticks.Add(new AxisTick(value, usePowers ? PowerLabel(digit, power) : ChartText.Number(value, 3)));
                }
                else if (decades <= 8)
                {
                    ticks.Add(new AxisTick(value, ""));
                }
            }
        }
        return new AxisTicks(minimum, maximum, ticks);
    }

    private static IEnumerable<double> WholeBetween(double minimum, double maximum)
    {
        for (var value = Up(minimum, 1); value <= Down(maximum, 1); value++)
        {
            yield return value;
        }
    }

    private static AxisTick LoneTick(double value) => new(value, ChartText.Number(value, 6));

    private static string PowerLabel(int digit, int power) => digit == 1 ? ChartText.PowerOfTen(power) : $"{digit}·{ChartText.PowerOfTen(power)}";

    private static string StepLabel(double value, double step, double largest)
    {
        if (largest >= 1e7 || step < 0.99e-6)
        {
            return ChartText.Number(value, 4).Replace('-', '−');
        }
        var decimals = 0;
        while (decimals < 9 && Math.Abs(step * Math.Pow(10, decimals) - Math.Round(step * Math.Pow(10, decimals))) > 1e-6)
        {
            decimals++;
        }
        return ChartText.Fixed(value, decimals, trim: false).Replace('-', '−');
    }

    // Tolerant of the last bits, so that 0.3 counts as three steps of 0.1.
    // Adding zero turns the minus zero of rounding into zero, which has no sign to print.
    private static double Down(double value, double step) => Math.Floor(value / step + 1e-9) + 0.0;

    private static double Up(double value, double step) => Math.Ceiling(value / step - 1e-9) + 0.0;

    private static double PowerDown(double value) => Math.Pow(10, Math.Floor(Math.Log10(value) + 1e-9));

    private static double PowerUp(double value) => Math.Pow(10, Math.Ceiling(Math.Log10(value) - 1e-9));

    private static double RoundDown(double value)
    {
        var power = PowerDown(value);
        var mantissa = value / power * (1 + 1e-9);
        return power * (mantissa >= 5 ? 5 : mantissa >= 2 ? 2 : 1);
    }

    private static double RoundUp(double value)
    {
        var power = PowerDown(value);
        var mantissa = value / power * (1 - 1e-9);
        return power * (mantissa <= 1 ? 1 : mantissa <= 2 ? 2 : mantissa <= 5 ? 5 : 10);
    }
}
