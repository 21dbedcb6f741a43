using System.Net;
using System.Net.WebSockets;

namespace Cawb.Web.Tests.Serving;

/// <summary>Who is let in, over real connections.</summary>
public sealed class VisitorTests(OpenServer open) : IClassFixture<OpenServer>
{
    private Served Server => open.Server;

    [Theory]
    [InlineData("127.0.0.1:{0}")]
    [InlineData("localhost:{0}")]
    [InlineData("[::1]:{0}")]
    [InlineData("127.0.0.1")]
    public async Task A_name_of_this_machine_is_answered(string host) =>
        Assert.Equal(200, (await RawAnswer.OfAsync(Server.Address, "/", Named(host))).Status);

    [Theory]
    [InlineData("evil.example:{0}")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("192.168.0.7:{0}")]
    [InlineData("0.0.0.0:{0}")]
    public async Task Another_name_that_leads_here_is_refused(string host)
    {
        var answer = await RawAnswer.OfAsync(Server.Address, "/", Named(host));
        Assert.Equal(403, answer.Status);
        Assert.Contains("answers on this machine alone", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("<html", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://evil.example", 403)]
    [InlineData("null", 403)]
    [InlineData("http://127.0.0.1", 403)]
    [InlineData("http://localhost:{0}", 403)]
    [InlineData("http://127.0.0.1:{0}", 200)]
    public async Task A_page_of_another_origin_is_refused(string origin, int status) =>
        Assert.Equal(status, (await RawAnswer.OfAsync(Server.Address, "/", null, "Origin: " + Named(origin))).Status);

    [Theory]
    [InlineData("http://evil.example", false)]
    [InlineData("http://127.0.0.1:{0}", true)]
    public async Task A_socket_opens_for_the_server_s_own_pages_alone(string origin, bool opens)
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", Named(origin));
        var opening = socket.ConnectAsync(new Uri($"ws://127.0.0.1:{Server.Address.Port}/_blazor"), TestContext.Current.CancellationToken);
        if (opens)
        {
            await opening;
            Assert.Equal(WebSocketState.Open, socket.State);
        }
        else
        {
            await Assert.ThrowsAsync<WebSocketException>(() => opening);
            Assert.Equal(HttpStatusCode.Forbidden, socket.HttpStatusCode is 0 ? HttpStatusCode.Forbidden : socket.HttpStatusCode);
        }
    }

    [Fact]
    public async Task Every_answer_says_that_nothing_else_may_load_embed_or_guess_it()
    {
        foreach (var target in (string[])["/", "/designer", "/nowhere", "/" + Web.Serving.Asset.Style.Address])
        {
            var headers = (await RawAnswer.OfAsync(Server.Address, target)).Headers;
            Assert.Contains("Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self';", headers, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", headers, StringComparison.Ordinal);
            Assert.Contains("X-Content-Type-Options: nosniff", headers, StringComparison.Ordinal);
            Assert.Contains("Referrer-Policy: no-referrer", headers, StringComparison.Ordinal);
            Assert.Contains("Cross-Origin-Resource-Policy: same-origin", headers, StringComparison.Ordinal);
            Assert.DoesNotContain("Server:", headers, StringComparison.Ordinal);
            Assert.DoesNotContain("Access-Control-Allow", headers, StringComparison.Ordinal);
        }
    }

    private string Named(string text) => string.Format(System.Globalization.CultureInfo.InvariantCulture, text, Server.Address.Port);
}
