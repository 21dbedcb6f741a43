using System.Net;
using System.Net.Sockets;
using Cawb.Training;
using Cawb.Web.Folder;
using Cawb.Web.Layout;
using Cawb.Web.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cawb.Web;

/// <summary>The pages of <c>cawb serve</c>, from start to end.</summary>
public sealed class WebServer : IAsyncDisposable
{
    /// <summary>How long open pages may take to say goodbye.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(5);

    // The designer has everything that it shows in its address, schedules with many levels included, and texts as long come from its fields.
    private const int LongestAddress = 1 << 20;

    private readonly WebApplication application;

    private WebServer(WebApplication application, Uri address) => (this.application, Address) = (application, address);

    /// <summary>Where the pages are, the token included where one is needed.</summary>
    public Uri Address { get; }

    /// <summary>Starts to listen.</summary>
    /// <param name="options">What is shown, and to whom.</param>
    /// <param name="cancellation">Of the start.</param>
    /// <exception cref="InputException">The port is taken or not allowed, the address is none of this machine, or there is a file instead of the folder.</exception>
    public static async Task<WebServer> StartAsync(ServeOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (File.Exists(options.RunsFolder))
        {
            throw new InputException($"--runs {options.RunsFolder}: this is a file. Name the folder that holds the runs.");
        }

        var token = options.Listen is null ? "" : AccessToken.New();
        var application = Build(options, token);
        try
        {
            await application.StartAsync(cancellation);
        }
        catch (Exception fault) when (fault is IOException or SocketException)
        {
            await application.DisposeAsync();
            var reason = (fault.GetBaseException() as SocketException)?.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => "another program has this port. Choose another, or 0 for any free one.",
                SocketError.AccessDenied => "ports below 1024 are not for everybody. Choose a higher one, or 0 for any free one.",
                SocketError.AddressNotAvailable => "this machine has no such address. --listen takes one of its own, or 0.0.0.0 for all.",
                _ => fault.Message,
            };
            throw new InputException($"Cannot listen on {options.Listen ?? IPAddress.Loopback} with port {options.Port}: {reason}", fault);
        }

        var address = new UriBuilder(application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
        if (token.Length > 0)
        {
            // Nobody can go to "all addresses".
            address.Host = IPAddress.Any.Equals(options.Listen) || IPAddress.IPv6Any.Equals(options.Listen) ? Dns.GetHostName() : address.Host;
            address.Query = $"{AccessToken.Parameter}={token}";
        }

        await WarmUpAsync(address.Uri, options.Listen, application.Services.GetRequiredService<RunsFolder>(), cancellation);
        return new WebServer(application, address.Uri);
    }

    /// <summary>Waits until somebody asks it to end, and until it has.</summary>
    /// <param name="cancellation">Asks.</param>
    public Task WaitAsync(CancellationToken cancellation) => application.WaitForShutdownAsync(cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => application.DisposeAsync();

    // First pages take their time: code is compiled, the folder is looked at. Whoever opens the address need not wait for that. What fails here fails in the browser too, with words.
    private static async Task WarmUpAsync(Uri address, IPAddress? listen, RunsFolder folder, CancellationToken cancellation)
    {
        var here = new UriBuilder(address) { Host = listen is null || IPAddress.Any.Equals(listen) || IPAddress.IPv6Any.Equals(listen) ? IPAddress.Loopback.ToString() : address.Host };
        using var client = new HttpClient { Timeout = LongestWarmUp };
        try
        {
            await client.GetByteArrayAsync(here.Uri, cancellation);
            if ((await folder.FoundAsync(LongestWarmUp)).Runs is [var run, ..])
            {
                here.Path = PageAddress.Of(run);
                await client.GetByteArrayAsync(here.Uri, cancellation);
            }
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
        }
    }

    private static WebApplication Build(ServeOptions options, string token)
    {
        // Nothing is read from settings files of the folder at hand, or from variables: they could open further ports.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(WebServer).Assembly.GetName().Name,
            EnvironmentName = Environments.Production,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestLineSize = LongestAddress;
            kestrel.Listen(options.Listen ?? IPAddress.Loopback, options.Port);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Farewell);
        // Keys that nobody needs after the end of the process.
        builder.Services.AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>();
        builder.Services.AddRouting();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(hub => hub.MaximumReceiveMessageSize = LongestAddress);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<RunsFolder>();

        var application = builder.Build();
        application.UseExceptionHandler(Faults.Options);
        application.UseMiddleware<Visitors>(new AccessToken(token));
        application.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        application.UseRouting();
        application.UseAntiforgery();
        Asset.Map(application);
        RunFiles.Map(application);
        // Compression would take processor time from a training beside it, and no other site may frame a page anyway.
        application.MapRazorComponents<App>().AddInteractiveServerRenderMode(server => (server.DisableWebSocketCompression, server.ContentSecurityFrameAncestorsPolicy) = (true, null));
        return application;
    }
}
