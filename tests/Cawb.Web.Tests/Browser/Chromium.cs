using Microsoft.Playwright;

namespace Cawb.Web.Tests.Browser;

/// <summary>Debian's browser under Playwright. It knows no address but this machine's: what needs another one fails.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private Chromium(IPlaywright playwright, IBrowser browser) => (this.playwright, this.browser) = (playwright, browser);

    /// <summary>Starts it.</summary>
    /// <param name="program">Instead of Debian's program.</param>
    public static async Task<Chromium> StartAsync(string? program = null)
    {
        Environment.SetEnvironmentVariable("PLAYWRIGHT_DRIVER_SEARCH_PATH", Driver());
        var playwright = await Playwright.CreateAsync();
        return new(playwright, await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = program ?? Program(),
            Args =
            [
                "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
            ],
        }));
    }

    /// <summary>A window without a past.</summary>
    /// <param name="width">In CSS pixels.</param>
    /// <param name="height">In CSS pixels.</param>
    /// <param name="scheme">Which colours the visitor likes.</param>
    public Task<IBrowserContext> OpenAsync(int width, int height, ColorScheme scheme = ColorScheme.Light) =>
        browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme, Locale = "en-US", TimezoneId = "UTC", Permissions = ["clipboard-read", "clipboard-write"] });

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    /// <summary>The folder with Playwright's driver: above its assembly, which is used where the package lies, or beside it where it was copied.</summary>
    private static string Driver()
    {
        for (var folder = Path.GetDirectoryName(typeof(Playwright).Assembly.Location); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Directory.Exists(Path.Combine(folder, ".playwright")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException($"There is no driver of Playwright above {typeof(Playwright).Assembly.Location}.");
    }

    private static string Program() => Array.Find(["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"], File.Exists)
        ?? throw new InvalidOperationException("This needs Debian's package chromium, which './build.sh test' installs.");
}
