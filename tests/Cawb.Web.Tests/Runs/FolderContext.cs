using Bunit;
using Cawb.Web.Tests.Folder;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Cawb.Web.Tests.Runs;

/// <summary>Pages over a folder of their own, live, with a clock that the test moves.</summary>
public abstract class FolderContext : BunitContext
{
    protected FolderContext()
    {
        Services.AddSingleton(Written.Options);
        Services.AddSingleton(Written.Folder);
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    private protected WrittenFolder Written { get; } = new();

    /// <summary>A second goes by, and every page has taken up what the look found.</summary>
    private protected async Task LookAsync()
    {
        Written.Clock.Pass(1);
        await Written.LookAsync();
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Written.Dispose();
    }
}
