using System.Net;
using System.Security.Cryptography;
using Cawb.Training;
using Cawb.Web.Folder;
using Cawb.Web.Layout;
using Cawb.Web.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cawb.Web;

/// <summary>The pages of <c>cawb serve</c>, from start to end.</summary>
public sealed class WebServer : IAsyncDisposable
{
    private const int TokenBytes = 16;

    private readonly WebApplication application;

    private WebServer(WebApplication application, Uri address, string token) => (this.application, Address, Token) = (application, address, token);

    /// <summary>Where the pages are, the token included where one is needed.</summary>
    public Uri Address { get; }

    /// <summary>What a visitor has to know; empty where only this machine is listened to.</summary>
    public string Token { get; }

    /// <summary>Starts to listen.</summary>
    /// <param name="options">What is shown, and to whom.</param>
    /// <param name="cancellation">Of the start.</param>
    /// <exception cref="InputException">The port is taken, or the address is none of this machine.</exception>
    public static async Task<WebServer> StartAsync(ServeOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var token = options.Listen is null ? "" : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));
        var application = Build(options, token);
        try
        {
            await application.StartAsync(cancellation);
        }
        catch (Exception fault) when (fault is IOException or System.Net.Sockets.SocketException)
        {
            await application.DisposeAsync();
            throw new InputException($"--port {options.Port}: cannot listen on {options.Listen ?? IPAddress.Loopback}. {fault.Message} Choose another port, or 0 for any free one.", fault);
        }

        var listening = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.First() ?? "");
        return new WebServer(application, token.Length == 0 ? listening : new Uri(listening, $"?{AccessToken.Parameter}={token}"), token);
    }

    /// <summary>Waits until somebody asks it to end.</summary>
    /// <param name="cancellation">Asks.</param>
    public async Task WaitAsync(CancellationToken cancellation)
    {
        using var ended = cancellation.Register(() => _ = application.StopAsync(CancellationToken.None));
        await application.WaitForShutdownAsync(CancellationToken.None);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await application.DisposeAsync();

    private static WebApplication Build(ServeOptions options, string token)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(WebServer).Assembly.GetName().Name, EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(options.Listen ?? IPAddress.Loopback, options.Port);
        });
        // Keys that nobody needs after the end of the process.
        builder.Services.AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<RunsFolder>();

        var application = builder.Build();
        application.UseMiddleware<Visitors>(new AccessToken(token));
        application.UseAntiforgery();
        Asset.Map(application);
        RunFiles.Map(application);
        application.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        return application;
    }
}
