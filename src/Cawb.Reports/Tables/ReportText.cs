using System.Globalization;

namespace Cawb.Reports.Tables;

/// <summary>Numbers as tables and progress lines show them.</summary>
public static class ReportText
{
    /// <summary>A length of time in the two units that matter: <c>8.4 s</c>, <c>4 min 12 s</c>, <c>3 h 05 min</c>, <c>2 d 04 h</c>.</summary>
    /// <param name="time">Not negative; what is negative counts as none.</param>
    public static string Duration(TimeSpan time)
    {
        if (time.TotalSeconds < 59.95)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, time.TotalSeconds):0.0} s");
        }
        var seconds = (long)Math.Round(time.TotalSeconds);
        return seconds switch
        {
            < 3600 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60} min {seconds % 60:00} s"),
            < 86400 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600} h {seconds % 3600 / 60:00} min"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 86400} d {seconds % 86400 / 3600:00} h"),
        };
    }

    /// <summary>Average precision, 0 to 1, with three decimals.</summary>
    /// <param name="value">0 to 1; below 0 where there were no labels.</param>
    public static string AveragePrecision(double value) => value < 0 ? "not defined" : value.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>A difference with its sign and four decimals.</summary>
    /// <param name="value">Any.</param>
    public static string Difference(double value) => value.ToString("+0.0000;-0.0000;0.0000", CultureInfo.InvariantCulture);

    /// <summary>A learning rate or loss to four significant digits.</summary>
    /// <param name="value">Any.</param>
    public static string Short(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
