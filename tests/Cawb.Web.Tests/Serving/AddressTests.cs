using Cawb.Web.Serving;

namespace Cawb.Web.Tests.Serving;

/// <summary>What the addresses of a server give.</summary>
public sealed class AddressTests(OpenServer open) : IClassFixture<OpenServer>
{
    private Served Server => open.Server;

    [Fact]
    public async Task Scripts_and_styles_may_be_kept_for_long_and_change_their_address_with_their_content()
    {
        using var client = new HttpClient { BaseAddress = Server.Address };
        var page = await client.GetStringAsync("/", TestContext.Current.CancellationToken);
        foreach (var (asset, type) in ((Asset, string)[])[(Asset.Blazor, "text/javascript"), (Asset.Script, "text/javascript"), (Asset.Style, "text/css")])
        {
            Assert.Contains($"\"{asset.Address}\"", page, StringComparison.Ordinal);
            using var answer = await client.GetAsync(asset.Address, TestContext.Current.CancellationToken);
            Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl?.ToString());
            Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
            var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)));
            Assert.StartsWith($"assets/{hash[..16]}/", asset.Address, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_page_is_asked_for_anew_each_time()
    {
        var answer = await RawAnswer.OfAsync(Server.Address, "/");
        Assert.Contains("Cache-Control: no-cache", answer.Headers, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/assets/0000000000000000/cawb.js")]
    [InlineData("/designer/deeper")]
    public async Task An_unknown_address_is_not_found_and_says_where_the_pages_are(string target)
    {
        var answer = await RawAnswer.OfAsync(Server.Address, target);
        Assert.Equal(404, answer.Status);
        Assert.Contains("There is no such page", answer.Body, StringComparison.Ordinal);
        Assert.Contains("href=\"designer\"", answer.Body, StringComparison.Ordinal);
    }

    /// <summary>The file lies beside the folder of runs; whatever the way to it looks like, what is in it does not come.</summary>
    [Theory]
    [InlineData("/../secret.txt")]
    [InlineData("/%2e%2e/secret.txt")]
    [InlineData("/..%2fsecret.txt")]
    [InlineData("/%2e%2e%2fsecret.txt")]
    [InlineData("/%252e%252e%252fsecret.txt")]
    [InlineData("/..%5csecret.txt")]
    [InlineData("/assets/../../secret.txt")]
    [InlineData("/assets/..%2f..%2fsecret.txt")]
    [InlineData("/.//../secret.txt")]
    [InlineData("/{0}")]
    [InlineData("/file:{0}")]
    [InlineData("/designer/..%00/secret.txt")]
    [InlineData("{0}")]
    public async Task No_address_leads_out_of_the_folder(string target)
    {
        var secret = Path.Combine(Server.Runs, "..", "secret.txt");
        await File.WriteAllTextAsync(secret, "a secret", TestContext.Current.CancellationToken);
        var answer = await RawAnswer.OfAsync(Server.Address, string.Format(System.Globalization.CultureInfo.InvariantCulture, target, Path.GetFullPath(secret)));
        Assert.InRange(answer.Status, 400, 404);
        Assert.DoesNotContain("a secret", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_no_browser_makes_and_a_method_that_no_page_has_are_refused()
    {
        // Longer than any address may be, and a method that no page has.
        Assert.Equal(414, (await RawAnswer.OfAsync(Server.Address, "/" + new string('a', 1_200_000))).Status);
        using var client = new HttpClient { BaseAddress = Server.Address };
        using var answer = await client.DeleteAsync("/", TestContext.Current.CancellationToken);
        Assert.InRange((int)answer.StatusCode, 404, 405);
    }
}
