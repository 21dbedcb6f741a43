using System.Globalization;
using Cawb.Training;

namespace Cawb.Cli;

/// <summary>Whole numbers that flags take.</summary>
internal static class WholeNumber
{
    /// <exception cref="InputException">The value lies outside.</exception>
    public static void Require(string flag, long value, long least, long most)
    {
        if (value < least || value > most)
        {
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{flag} is {value}; it must be between {least} and {most}."));
        }
    }
}
