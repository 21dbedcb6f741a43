using Cawb.Web.Tests.Runs;
using Cawb.Web.Tests.Serving;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cawb.Web.Tests.Browser;

/// <summary>Folders that no training wrote, or that somebody wrote on purpose: they are shown with what is wrong with them, and nothing in them runs.</summary>
public sealed class HostileFolderTests(TestBrowser browser)
{
    private const string Script = "<img src=x onerror=\"window.hit=1\"><svg onload=window.hit=1>";
    private const string Secret = "a secret outside";

    [Fact]
    public async Task Damaged_and_hostile_runs_are_shown_with_what_is_wrong_and_nothing_in_them_runs()
    {
        await using var served = await Served.StartAsync();
        var names = Write(served.Runs);
        await Visit.OfAsync(browser, served.Address, async visit =>
        {
            var page = visit.Page;
            await Expect(page.GetByRole(AriaRole.Table)).ToBeVisibleAsync();
            foreach (var (name, complaint) in names)
            {
                var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = name });
                await Expect(row).ToContainTextAsync(complaint);
                await row.GetByRole(AriaRole.Link).ClickAsync();
                await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(name);
                await Expect(page.Locator("main")).ToContainTextAsync(complaint);
                await Expect(page.Locator("main")).Not.ToContainTextAsync(Secret);
                await page.GetByRole(AriaRole.Link, new() { Name = "Runs", Exact = true }).First.ClickAsync();
                await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Runs");
            }

            Assert.Equal(0, await page.EvaluateAsync<int>("window.hit ?? 0"));
        });
    }

    [Fact]
    public async Task A_picture_with_a_script_shows_as_a_picture()
    {
        await using var served = await Served.StartAsync();
        var run = Path.Combine(served.Runs, "drawn");
        WrittenRun.Finish(run, 3);
        await File.WriteAllTextAsync(
            Path.Combine(run, "PR_curve.svg"), """<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100" onload="document.documentElement.id='hit'"><script>document.documentElement.id='hit'</script></svg>""", TestContext.Current.CancellationToken);
        await Visit.OfAsync(browser, new Uri(served.Address, "run/drawn"), async page =>
        {
            var picture = page.GetByRole(AriaRole.Img, new() { Name = "Precision over recall" });
            await Expect(picture).ToBeVisibleAsync();
            // Alone it is a document of its own.
            await page.GotoAsync(new Uri(served.Address, await picture.GetAttributeAsync("src")).AbsoluteUri);
            Assert.Equal("", await page.EvaluateAsync<string>("document.documentElement.id"));
        });
    }

    [Fact]
    public async Task No_address_of_a_picture_leads_out_of_the_folder_or_to_another_file()
    {
        await using var served = await Served.StartAsync();
        var outside = Path.Combine(served.Runs, "..", "secret.png");
        await File.WriteAllTextAsync(outside, Secret, TestContext.Current.CancellationToken);
        var run = Path.Combine(served.Runs, "run");
        WrittenRun.Finish(run, 1);
        File.CreateSymbolicLink(Path.Combine(run, "results.png"), outside);
        var elsewhere = Directory.CreateDirectory(Path.Combine(served.Runs, "..", "elsewhere")).FullName;
        WrittenRun.Finish(Path.Combine(elsewhere, "run"), 1);
        await File.WriteAllTextAsync(Path.Combine(elsewhere, "run", "results.png"), Secret, TestContext.Current.CancellationToken);
        Directory.CreateSymbolicLink(Path.Combine(served.Runs, "linked"), Path.Combine(elsewhere, "run"));
        string[] targets =
        [
            "/pictures/../secret.png",
            "/pictures/..%2fsecret.png",
            "/pictures/%2e%2e/secret.png",
            "/pictures/%252e%252e/secret.png",
            "/pictures/run/..%2f..%2fsecret.png",
            "/pictures/run/results.png",
            "/pictures/run/run.json",
            "/pictures/run/last.safetensors",
            "/pictures/linked/results.png",
            "/pictures/run/%00results.png",
            "/pictures//results.png",
            "/pictures/run/results.png%2f",
            "/pictures/" + Path.GetFullPath(outside),
        ];
        foreach (var target in targets)
        {
            var answer = await RawAnswer.OfAsync(served.Address, target);
            Assert.InRange(answer.Status, 400, 404);
            Assert.DoesNotContain(Secret, answer.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("data/digits", answer.Body, StringComparison.Ordinal);
        }
    }

    private static (string Name, string Complaint)[] Write(string runs)
    {
        string Of(string name) => Path.Combine(runs, name);
        void Damage(string name, string file, string text) => File.WriteAllText(Path.Combine(Of(name), file), text);

        WrittenRun.Finish(Of("torn"), 3);
        Damage("torn", "run.json", File.ReadAllText(Path.Combine(Of("torn"), "run.json"))[..200]);
        WrittenRun.Finish(Of("empty"), 3);
        Damage("empty", "run.json", "");
        WrittenRun.Finish(Of("garbled"), 3);
        Damage("garbled", "metrics.csv", "epoch,ap\n1,\0\0\0\n");
        WrittenRun.Finish(Of("halved"), 3);
        Damage("halved", "metrics.csv", File.ReadAllText(Path.Combine(Of("halved"), "metrics.csv"))[..^20]);
        WrittenRun.Finish(Of("huge"), 3);
        using (var huge = File.OpenWrite(Path.Combine(Of("huge"), "metrics.csv")))
        {
            huge.SetLength(3L << 30);
        }

        WrittenRun.Finish(Of("deep"), 3);
        Damage("deep", "run.json", new string('[', 100_000));
        WrittenRun.Finish(Of(Script), 3);
        Damage(Script, "run.json", File.ReadAllText(Path.Combine(Of(Script), "run.json")).Replace("data/digits", Script.Replace("\"", "\\\"", StringComparison.Ordinal), StringComparison.Ordinal));

        var outside = Directory.CreateDirectory(Path.Combine(runs, "..", "outside")).FullName;
        WrittenRun.Finish(Path.Combine(outside, "run"), 3);
        File.WriteAllText(Path.Combine(outside, "run.json"), Secret);
        Directory.CreateSymbolicLink(Of("link-to-folder"), Path.Combine(outside, "run"));
        WrittenRun.Finish(Of("link-to-file"), 3);
        File.Delete(Path.Combine(Of("link-to-file"), "run.json"));
        File.CreateSymbolicLink(Path.Combine(Of("link-to-file"), "run.json"), Path.Combine(outside, "run.json"));
        return
        [
            ("torn", "run.json"), ("empty", "run.json"), ("garbled", "metrics.csv"), ("huge", "MiB"), ("deep", "run.json"), ("link-to-folder", "leads out of the folder"), ("link-to-file", "leads out of the folder"),
            (Script, "3 of 3"),
        ];
    }
}
