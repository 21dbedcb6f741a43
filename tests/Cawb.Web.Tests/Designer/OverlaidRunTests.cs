using Bunit;
using Cawb.Web.Designer;
using Cawb.Web.Tests.Folder;
using Cawb.Web.Tests.Runs;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Cawb.Web.Tests.Designer;

/// <summary>A run of the folder over the curves.</summary>
public sealed class OverlaidRunTests : BunitContext
{
    private readonly WrittenFolder written = new();

    public OverlaidRunTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton<TimeProvider>(written.Clock);
        Services.AddSingleton(written.Folder);
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    [Fact]
    public async Task A_run_that_begins_just_after_somebody_has_looked_is_laid_over_and_offered()
    {
        await written.LookAsync();
        WrittenRun.Finish(written.Of("new"), 2);
        Services.GetRequiredService<NavigationManager>().NavigateTo("designer?panel=overlay&run=new");
        var page = Render<DesignerPage>();
        await page.WaitForAssertionAsync(() => Assert.Contains("new: learning_rate", page.Find("#rates").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("has no run named", page.Markup, StringComparison.Ordinal);
        Assert.Contains(page.FindAll("[role=tabpanel] option"), option => option.TextContent == "new");
    }

    [Fact]
    public void The_run_of_the_address_is_offered_before_the_folder_has_been_looked_at()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("designer?panel=overlay&run=slow");
        using var looksMayEnd = new ManualResetEventSlim();
        using var watching = written.Folder.Watch(_ => looksMayEnd.Wait());
        try
        {
            var page = Render<DesignerPage>();
            Assert.Contains(page.FindAll("[role=tabpanel] option"), option => option.TextContent == "slow");

            // Back, forward, or a link: another address on the same page.
            Services.GetRequiredService<NavigationManager>().NavigateTo("designer?panel=overlay&run=other");
            Assert.Contains(page.FindAll("[role=tabpanel] option"), option => option.TextContent == "other");
        }
        finally
        {
            looksMayEnd.Set();
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        written.Dispose();
    }
}
