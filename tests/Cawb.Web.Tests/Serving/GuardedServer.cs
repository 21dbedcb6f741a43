using System.Net;

namespace Cawb.Web.Tests.Serving;

/// <summary>One that others may reach, so that it asks for a token.</summary>
public sealed class GuardedServer : OpenServer
{
    private protected override IPAddress? Listen => IPAddress.Loopback;
}
