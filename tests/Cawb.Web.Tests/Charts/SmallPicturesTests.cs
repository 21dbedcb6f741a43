using Bunit;
using Cawb.Reports.Drawings;
using Cawb.Web.Charts;

namespace Cawb.Web.Tests.Charts;

public sealed class SmallPicturesTests : BunitContext
{
    [Fact]
    public void A_small_curve_is_one_path_with_words() =>
        Render<SmallCurve>(parameters => parameters.Add(one => one.Values, [0, 1, 2, 3]).Add(one => one.Label, "rises <fast>"))
            .MarkupMatches("""<svg class="small-curve" width="120" height="28" viewBox="0 0 120 28" role="img" aria-label="rises &lt;fast&gt;"><path d="M2 26l116-24"></path></svg>""");

    [Theory]
    [InlineData()]
    [InlineData(1.0, double.PositiveInfinity)]
    public void Words_stand_where_no_curve_can_be_drawn(params double[] values) =>
        Assert.Equal("no schedule", Render<SmallCurve>(parameters => parameters.Add(one => one.Values, values).Add(one => one.Label, "no schedule")).Find("span").TextContent);

    [Fact]
    public void Drawings_of_one_page_have_ids_of_their_own()
    {
        var bars = new BarChart("Instances", 400, [new BarRow("person", 3)]);
        var ids = new[] { "one", "two" }.SelectMany(id => Render<DrawingView>(parameters => parameters.Add(view => view.Id, id).Add(view => view.Drawing, bars)).FindAll("[id]").Select(element => element.Id)).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.Contains("onet", ids);
    }
}
