using System.Net;

namespace Cawb.Web.Tests.Serving;

/// <summary>A server for the tests of a class, which leave it as it is.</summary>
public class OpenServer : IAsyncLifetime
{
    private Served? served;

    internal Served Server => served ?? throw new InvalidOperationException("The server has not been started.");

    private protected virtual IPAddress? Listen => null;

    public async ValueTask InitializeAsync() => served = await Served.StartAsync(Listen);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
