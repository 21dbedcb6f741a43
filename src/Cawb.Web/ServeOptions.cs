using System.Net;

namespace Cawb.Web;

/// <summary>What <c>cawb serve</c> shows, and to whom.</summary>
public sealed record ServeOptions
{
    /// <summary>The port unless told otherwise.</summary>
    public const int UsualPort = 5151;

    /// <summary>The folder with runs and comparisons; need not exist yet. Nothing in it is written, nothing outside it is shown.</summary>
    public required string RunsFolder { get; init; }

    /// <summary>0 for any free one.</summary>
    public int Port { get; init; } = UsualPort;

    /// <summary>The address to listen on; null for this machine alone. With one, whoever comes needs the token.</summary>
    public IPAddress? Listen { get; init; }
}
