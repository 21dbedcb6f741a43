using System.Net;

namespace Cawb.Web.Tests.Serving;

/// <summary>A server over a folder of its own, both gone when the test is over.</summary>
internal sealed class Served : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cawb-web-");
    private WebServer? server;

    public string Runs => Path.Combine(folder.FullName, "runs");

    /// <summary>Where the pages are; the same after a restart.</summary>
    public Uri Address { get; private set; } = new("http://localhost");

    public static async Task<Served> StartAsync(IPAddress? listen = null)
    {
        var served = new Served();
        Directory.CreateDirectory(served.Runs);
        await served.StartAsync(0, listen);
        return served;
    }

    /// <summary>Lets the server end, as Ctrl-C does.</summary>
    public async Task StopAsync()
    {
        if (server is { } running)
        {
            server = null;
            await running.WaitAsync(new CancellationToken(canceled: true));
            await running.DisposeAsync();
        }
    }

    /// <summary>Starts another one at the same place.</summary>
    public Task StartAgainAsync() => StartAsync(Address.Port, null);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        folder.Delete(recursive: true);
    }

    private async Task StartAsync(int port, IPAddress? listen)
    {
        server = await WebServer.StartAsync(new ServeOptions { RunsFolder = Runs, Port = port, Listen = listen }, TestContext.Current.CancellationToken);
        Address = server.Address;
    }
}
