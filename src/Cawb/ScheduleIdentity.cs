using System.Globalization;
using System.Text;

namespace Cawb;

/// <summary>The text that stands for a schedule type of another assembly.</summary>
internal static class ScheduleIdentity
{
    /// <summary>The type's name and its record members, which print themselves.</summary>
    public static string Of(Type type, Func<StringBuilder, bool> printMembers)
    {
        var members = new StringBuilder();
        // Records print their members in the thread's culture; a fingerprint must not depend on it.
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            printMembers(members);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }

        var text = members.ToString();
        return !text.Contains("System.", StringComparison.Ordinal) && !text.Contains("[]", StringComparison.Ordinal)
            ? $"{type.FullName} {{ {text} }}"
            : throw new NotSupportedException(
                $"The parameters of {type.FullName} print as \"{text}\": what stands there as a type's name, such as a list, hides its content, so that two different schedules would look equal. Override {nameof(Schedule.Identity)} in it.");
    }
}
