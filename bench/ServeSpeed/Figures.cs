using System.Globalization;

namespace ServeSpeed;

/// <summary>The table that is printed, and whether every figure in it is what it has to be.</summary>
internal sealed class Figures
{
    public bool AreMet { get; private set; } = true;

    public static void Begin() => Console.WriteLine("| what | measured | to stay within |\n| --- | ---: | ---: |");

    /// <summary>A figure without a limit.</summary>
    public static void Note(string what, string measured) => Console.WriteLine($"| {what} | {measured} | |");

    public void Add(string what, double measured, double limit, string unit)
    {
        AreMet &= measured <= limit;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | **{Text(measured)} {unit}**{(measured <= limit ? "" : " (missed)")} | {limit} {unit} |"));
    }

    public static double Quantile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted[(int)Math.Min(sorted.Length - 1, Math.Ceiling(share * sorted.Length) - 1)];
    }

    private static string Text(double number) => number.ToString(number >= 10 ? "F0" : "F2", CultureInfo.InvariantCulture);
}
