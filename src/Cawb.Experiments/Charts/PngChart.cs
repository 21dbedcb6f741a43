using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Cawb.Experiments.Charts;

/// <summary>Draws a <see cref="Chart"/> as PNG: the SVG, painted by <c>rsvg-convert</c>.</summary>
public static class PngChart
{
    private const string Program = "rsvg-convert";

    /// <summary>The picture on its light ground.</summary>
    /// <param name="chart">What to show.</param>
    /// <param name="size">In CSS pixels.</param>
    /// <param name="pixelsPerCssPixel">1 to 4; 2 is sharp on most screens and in print.</param>
    /// <returns>A PNG file's bytes. Letters come from the machine's fonts.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The enlargement is outside its range.</exception>
    /// <exception cref="RunException"><c>rsvg-convert</c> is missing or fails.</exception>
    public static byte[] Render(Chart chart, ChartSize size, int pixelsPerCssPixel)
    {
        if (pixelsPerCssPixel is < 1 or > 4)
        {
            throw new ArgumentOutOfRangeException(nameof(pixelsPerCssPixel), $"Must be 1 to 4; got {pixelsPerCssPixel}.");
        }
        var svg = Encoding.UTF8.GetBytes(SvgChart.Render(chart, size));
        using var process = Start(pixelsPerCssPixel);
        var errors = process.StandardError.ReadToEndAsync();
        var picture = new MemoryStream();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(picture);
        try
        {
            process.StandardInput.BaseStream.Write(svg);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read everything; its exit code and words below say why.
        }
        reading.GetAwaiter().GetResult();
        process.WaitForExit();
        if (process.ExitCode != 0 || picture.Length == 0)
        {
            throw new RunException(Program, $"failed with exit code {process.ExitCode}: {errors.GetAwaiter().GetResult().Trim()} Write .svg or .html instead, which need no other program.");
        }
        return picture.ToArray();
    }

    private static Process Start(int zoom)
    {
        var start = new ProcessStartInfo(Program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("--format=png");
        start.ArgumentList.Add(string.Create(CultureInfo.InvariantCulture, $"--zoom={zoom}"));
        try
        {
            return Process.Start(start) ?? throw new RunException(Program, "could not be started.");
        }
        catch (Win32Exception missing)
        {
            const string Fix = "is needed for PNG pictures and is not installed. Install it (Debian: apt-get install librsvg2-bin), or write .svg or .html, which need no other program.";
            throw new RunException(Program, Fix, missing);
        }
    }
}
