using Bunit;
using Cawb.Web.Layout;

namespace Cawb.Web.Tests.Layout;

public sealed class MainLayoutTests : BunitContext
{
    [Fact]
    public void A_page_stands_in_the_main_part_behind_a_link_that_skips_the_navigation()
    {
        var layout = Render<MainLayout>(parameters => parameters.Add(page => page.Body, "<h1>Something</h1>"));
        layout.Find("main > h1").MarkupMatches("<h1>Something</h1>");
        Assert.Equal("#main", layout.Find("a").GetAttribute("href"));
        Assert.Equal("main", layout.Find("main").Id);
        Assert.NotEmpty(layout.FindAll("nav[aria-label] a"));
    }
}
