using System.Security.Cryptography;
using System.Text;

namespace Cawb.Web.Serving;

/// <summary>What visitors from other machines have to know. A page that was opened with it keeps it as a cookie, so that it does not stay in the address.</summary>
/// <param name="value">Empty where nobody needs one.</param>
internal sealed class AccessToken(string value)
{
    /// <summary>Of the address.</summary>
    public const string Parameter = "token";

    private const int Bytes = 16;

    private readonly byte[] expected = Encoding.UTF8.GetBytes(value);

    /// <summary>32 hexadecimal digits that nobody can guess.</summary>
    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Whether everybody may come who can.</summary>
    public bool IsOpen => expected.Length == 0;

    /// <summary>Name of the cookie. Browsers give the cookies of a host to all of its ports, and each server has a token of its own.</summary>
    public static string Cookie(int port) => $"cawb-token-{port}";

    /// <summary>Compares in a time that does not depend on where they differ.</summary>
    public bool Is(string? given) => given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), expected);
}
