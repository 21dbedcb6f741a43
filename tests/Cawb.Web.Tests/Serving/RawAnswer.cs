using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Cawb.Web.Tests.Serving;

/// <summary>What a server says to a request of which every byte is the test's: HTTP clients would put paths and headers right.</summary>
internal sealed record RawAnswer(int Status, string Headers, string Body)
{
    public static async Task<RawAnswer> OfAsync(Uri server, string target, string? host = null, params string[] headers)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        var request = string.Join("\r\n", [$"GET {target} HTTP/1.1", $"Host: {host ?? $"127.0.0.1:{server.Port}"}", "Connection: close", .. headers, "", ""]);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Assert.True(end > 0, "The server said nothing.");
        return new(int.Parse(answer.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture), answer[..end], answer[(end + 4)..]);
    }
}
