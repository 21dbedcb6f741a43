using Cawb.Web.Folder;
using Cawb.Web.Serving;
using Cawb.Web.Tests.Folder;
using Cawb.Web.Tests.Runs;

namespace Cawb.Web.Tests.Serving;

/// <summary>Which files of the folder of runs come as pictures, and how.</summary>
public sealed class RunFilesTests : IDisposable
{
    private readonly WrittenFolder folder = new();

    public RunFilesTests()
    {
        WrittenRun.Finish(folder.Of("train", "exp"), 2);
        foreach (var name in new[] { "results.png", "val_batch0_pred.jpg", "PR_curve.svg", "picture.png", "results.html", "results" })
        {
            File.WriteAllText(folder.Of("train", "exp", name), name);
        }
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("train/exp/results.png")]
    [InlineData("train/exp/val_batch0_pred.jpg")]
    [InlineData("train/exp/PR_curve.svg")]
    public void A_picture_of_a_run_is_found(string path) => Assert.Equal(folder.Of(path.Split('/')), RunFiles.Find(folder.Runs, path));

    [Theory]
    [InlineData("train/exp/run.json")]
    [InlineData("train/exp/metrics.csv")]
    [InlineData("train/exp/picture.png")]
    [InlineData("train/exp/results.html")]
    [InlineData("train/exp/results")]
    [InlineData("train/exp/labels.png")]
    [InlineData("train/results.png")]
    [InlineData("train/exp/../exp/results.png")]
    [InlineData("./train/exp/results.png")]
    [InlineData("train//exp/results.png")]
    [InlineData("train/exp/\0/results.png")]
    [InlineData("../outside/results.png")]
    [InlineData("/etc/results.png")]
    [InlineData("")]
    public void Nothing_else_is(string path)
    {
        File.WriteAllText(folder.Of("train", "results.png"), "of no run");
        File.WriteAllText(Path.Combine(folder.Outside, "results.png"), WrittenFolder.Secret);
        Assert.Null(RunFiles.Find(folder.Runs, path));
    }

    [Fact]
    public void A_link_is_followed_only_to_what_lies_inside()
    {
        WrittenRun.Finish(Path.Combine(folder.Outside, "run"), 2);
        File.WriteAllText(Path.Combine(folder.Outside, "run", "results.png"), WrittenFolder.Secret);
        Directory.CreateSymbolicLink(folder.Of("linked"), Path.Combine(folder.Outside, "run"));
        File.CreateSymbolicLink(folder.Of("train", "exp", "labels.png"), Path.Combine(folder.Outside, "run", "results.png"));
        File.CreateSymbolicLink(folder.Of("train", "exp", "F1_curve.png"), "results.png");
        Assert.Null(RunFiles.Find(folder.Runs, "linked/results.png"));
        Assert.Null(RunFiles.Find(folder.Runs, "train/exp/labels.png"));
        Assert.NotNull(RunFiles.Find(folder.Runs, "train/exp/F1_curve.png"));
    }

    /// <summary>A drawing that somebody put a script into stands alone in a window of its own at most: nothing in it may run or load.</summary>
    [Fact]
    public async Task Pictures_come_with_their_type_and_without_leave_to_run_anything()
    {
        await using var served = await Served.StartAsync();
        WrittenRun.Finish(Path.Combine(served.Runs, "a b#c?d%41"), 2);
        foreach (var name in new[] { "results.png", "labels.jpg", "PR_curve.svg" })
        {
            await File.WriteAllTextAsync(Path.Combine(served.Runs, "a b#c?d%41", name), "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>", TestContext.Current.CancellationToken);
        }

        using var client = new HttpClient { BaseAddress = served.Address };
        var run = new FolderRun("a b#c?d%41", "", null, "", null, Cawb.Training.Runs.RunState.NotBegun, []);
        foreach (var (name, type) in ((string, string)[])[("results.png", "image/png"), ("labels.jpg", "image/jpeg"), ("PR_curve.svg", "image/svg+xml")])
        {
            var changed = File.GetLastWriteTimeUtc(Path.Combine(served.Runs, run.Name, name)).Ticks;
            using var answer = await client.GetAsync(PageAddress.OfPicture(run, name, changed), TestContext.Current.CancellationToken);
            Assert.Equal((200, type), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
            Assert.Equal(["sandbox; default-src 'none'; style-src 'unsafe-inline'"], answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
            Assert.Contains("immutable", answer.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
            using var older = await client.GetAsync(PageAddress.OfPicture(run, name, changed - 1), TestContext.Current.CancellationToken);
            Assert.Equal("no-cache", older.Headers.CacheControl?.ToString());
        }

        using var missing = await client.GetAsync("pictures/a/results.png", TestContext.Current.CancellationToken);
        Assert.Equal(404, (int)missing.StatusCode);
    }
}
