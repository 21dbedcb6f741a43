using Cawb.Web.Folder;
using Cawb.Web.Tests.Comparisons;
using Cawb.Web.Tests.Runs;

namespace Cawb.Web.Tests.Serving;

/// <summary>Addresses of runs and comparisons, as a browser asks for them.</summary>
public sealed class RunAddressTests : IAsyncLifetime
{
    private const string Hostile = "<img src=x onerror=alert(1)> 100%41 #?&'+";
    private Served? served;

    private Served Server => served ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync()
    {
        served = await Served.StartAsync();
        WrittenRun.Finish(Path.Combine(Server.Runs, "train", Hostile), 2);
        await new WrittenComparison(Path.Combine(Server.Runs, "a pair")).FinishAsync("cosine", 0);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    [Fact]
    public async Task Every_run_and_comparison_has_an_address_whatever_its_name()
    {
        var run = new FolderRun("train/" + Hostile, "", null, "", null, Cawb.Training.Runs.RunState.NotBegun, []);
        foreach (var address in new[] { PageAddress.Of(run), PageAddress.OfSeveral([run.Name]), PageAddress.OfComparison("a pair"), "run/a%20pair/runs/cawb-seed-1", "" })
        {
            var answer = await RawAnswer.OfAsync(Server.Address, "/" + address);
            Assert.Equal((200, address), (answer.Status, address));
            Assert.DoesNotContain("<img src=x", answer.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("There is no such", answer.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_run_that_begins_just_after_somebody_has_looked_is_found_by_every_page()
    {
        _ = await RawAnswer.OfAsync(Server.Address, "/");
        WrittenRun.Finish(Path.Combine(Server.Runs, "train", "new"), 2);
        Assert.Equal(200, (await RawAnswer.OfAsync(Server.Address, "/run/train/new")).Status);
        WrittenRun.Finish(Path.Combine(Server.Runs, "train", "newer"), 2);
        Assert.DoesNotContain("has no run named", (await RawAnswer.OfAsync(Server.Address, "/designer?run=train%2Fnewer")).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/run/nothing", "There is no such run")]
    [InlineData("/run/train", "There is no such run")]
    [InlineData("/run/..%2f..%2fetc", "There is no such run")]
    [InlineData("/run/a%20pair", "There is no such run")]
    [InlineData("/comparison/train", "There is no such comparison")]
    [InlineData("/runs?run=nothing", "has no run named nothing")]
    public async Task What_is_not_there_is_not_found_and_the_page_says_so(string target, string said)
    {
        var answer = await RawAnswer.OfAsync(Server.Address, target);
        Assert.Equal(404, answer.Status);
        Assert.Contains(said, answer.Body, StringComparison.Ordinal);
    }
}
