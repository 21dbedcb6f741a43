namespace Cawb;

/// <summary>The rules of a list of boots.</summary>
internal static class BootList
{
    public static ValueList<double> Checked(IEnumerable<double> bootEpochs, double warmupEpochs, double epochs)
    {
        var boots = bootEpochs.ToList();
        foreach (var boot in boots)
        {
            if (boot == epochs)
                continue;
            if (!double.IsFinite(boot) || boot <= warmupEpochs || boot > epochs)
            {
                throw new ArgumentException(
                    $"A boot at epoch {Require.Text(boot)} is outside the run: it must lie after {Require.Text(warmupEpochs)}, the end of the warm-up, and before {Require.Text(epochs)}, the end.",
                    nameof(bootEpochs));
            }
        }

        boots.Sort();
        for (var i = 1; i < boots.Count; i++)
        {
            if (boots[i] == boots[i - 1])
                throw new ArgumentException($"The boot at epoch {Require.Text(boots[i])} is listed twice; list it once.", nameof(bootEpochs));
        }

        // The end is no boot; the article's own lists finish with it.
        return new ValueList<double>(boots.Where(boot => boot < epochs));
    }
}
