namespace Cawb;

/// <summary>What somebody wrote into an exception about an argument.</summary>
internal static class ArgumentText
{
    /// <summary>The message without what the platform appends to name the parameter. It appends the same to an empty message, so that its wording is not known here.</summary>
    public static string Of(ArgumentException exception)
    {
        var appended = new ArgumentException("", exception.ParamName).Message;
        return exception.Message.EndsWith(appended, StringComparison.Ordinal) ? exception.Message[..^appended.Length] : exception.Message;
    }
}
