using System.Net;
using System.Net.WebSockets;
using System.Text.RegularExpressions;
using Cawb.Web.Serving;

namespace Cawb.Web.Tests.Serving;

/// <summary>A server that others may reach: whoever comes has the token or sees nothing.</summary>
public sealed partial class TokenTests(GuardedServer guarded) : IClassFixture<GuardedServer>
{
    private Served Server => guarded.Server;

    private string Token => Server.Address.Query["?token=".Length..];

    [Theory]
    [InlineData("/")]
    [InlineData("/?token=")]
    [InlineData("/?token=00000000000000000000000000000000")]
    [InlineData("/designer")]
    [InlineData("/nowhere")]
    [InlineData("/_blazor/negotiate")]
    public async Task Nothing_is_shown_without_the_token(string target)
    {
        var answer = await RawAnswer.OfAsync(Server.Address, target);
        Assert.Equal(403, answer.Status);
        Assert.Equal("This server needs the token that cawb serve printed: open the address with ?token=... at its end.", Chunks().Replace(answer.Body, ""));
        Assert.DoesNotContain("Set-Cookie", answer.Headers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_asset_is_no_exception() => Assert.Equal(403, (await RawAnswer.OfAsync(Server.Address, "/" + Asset.Blazor.Address)).Status);

    [Fact]
    public async Task The_token_moves_from_the_address_into_a_cookie_that_no_script_reads()
    {
        var first = await RawAnswer.OfAsync(Server.Address, $"/designer?a=1&token={Token}&b=x%20y");
        Assert.Equal(302, first.Status);
        Assert.Contains("\r\nLocation: /designer?a=1&b=x%20y\r\n", first.Headers + "\r\n", StringComparison.Ordinal);
        Assert.Matches(@"Set-Cookie: cawb-token-\d+=[0-9a-f]{32}; path=/; samesite=lax; httponly", first.Headers);
        Assert.Equal(200, (await RawAnswer.OfAsync(Server.Address, "/designer", null, Cookie(Token))).Status);
    }

    [Fact]
    public async Task A_wrong_token_in_an_address_does_not_replace_the_right_one_of_the_cookie()
    {
        var answer = await RawAnswer.OfAsync(Server.Address, "/?token=wrong", null, Cookie(Token));
        Assert.Equal(302, answer.Status);
        Assert.DoesNotContain("Set-Cookie", answer.Headers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_way_on_from_the_token_never_leads_to_another_host()
    {
        var answer = await RawAnswer.OfAsync(Server.Address, $"//evil.example/?token={Token}");
        Assert.Equal(302, answer.Status);
        Assert.Contains("\r\nLocation: /evil.example/\r\n", answer.Headers + "\r\n", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_name_the_machine_has_is_answered_and_another_origin_is_not()
    {
        Assert.Equal(200, (await RawAnswer.OfAsync(Server.Address, "/", "trainer.example:80", Cookie(Token))).Status);
        Assert.Equal(200, (await RawAnswer.OfAsync(Server.Address, "/", "trainer.example", Cookie(Token), "Origin: https://trainer.example")).Status);
        Assert.Equal(403, (await RawAnswer.OfAsync(Server.Address, "/", "trainer.example", Cookie(Token), "Origin: http://evil.example")).Status);
    }

    [Fact]
    public async Task A_socket_opens_with_the_cookie_alone()
    {
        var address = new Uri($"ws://127.0.0.1:{Server.Address.Port}/_blazor");
        using var stranger = new ClientWebSocket();
        await Assert.ThrowsAsync<WebSocketException>(() => stranger.ConnectAsync(address, TestContext.Current.CancellationToken));
        using var visitor = new ClientWebSocket();
        visitor.Options.SetRequestHeader("Cookie", Cookie(Token)["Cookie: ".Length..]);
        await visitor.ConnectAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal(WebSocketState.Open, visitor.State);
    }

    [Fact]
    public async Task Each_server_has_another_token()
    {
        await using var other = await Served.StartAsync(IPAddress.Loopback);
        Assert.NotEqual(other.Address.Query, Server.Address.Query);
    }

    private string Cookie(string token) => $"Cookie: {AccessToken.Cookie(Server.Address.Port)}={token}";

    // An answer of unknown length comes in pieces with their lengths between.
    [GeneratedRegex(@"(?:^|\r\n)[0-9a-f]+\r\n|\r\n$")]
    private static partial Regex Chunks();
}
