using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Cawb.Web.Tests.Browser.TestBrowser))]

namespace Cawb.Web.Tests.Browser;

/// <summary>One browser for all tests of the project; each has windows, with cookies and storage, to itself.</summary>
public sealed class TestBrowser : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private Chromium? chromium;

    internal Chromium Chromium => chromium ?? throw new InvalidOperationException("The browser has not been started.");

    public async ValueTask InitializeAsync()
    {
        // A machine that has other things to do as well is no failure.
        Assertions.SetDefaultExpectTimeout((float)Patience.TotalMilliseconds);
        Bunit.BunitContext.DefaultWaitTimeout = Patience;
        chromium = await Chromium.StartAsync();
    }

    public ValueTask DisposeAsync() => chromium?.DisposeAsync() ?? ValueTask.CompletedTask;
}
