using System.Net;
using Cawb.Training;

namespace Cawb.Web.Tests.Serving;

/// <summary>The server's start and end.</summary>
public sealed class WebServerTests
{
    [Fact]
    public async Task Any_free_port_is_told_and_answers()
    {
        await using var served = await Served.StartAsync();
        Assert.NotEqual(0, served.Address.Port);
        Assert.Equal("127.0.0.1", served.Address.Host);
        using var client = new HttpClient();
        Assert.Contains("<h1", await client.GetStringAsync(served.Address, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_refused_with_what_to_do()
    {
        await using var served = await Served.StartAsync();
        var fault = await Assert.ThrowsAsync<InputException>(() => WebServer.StartAsync(new ServeOptions { RunsFolder = served.Runs, Port = served.Address.Port }, TestContext.Current.CancellationToken));
        Assert.Equal($"Cannot listen on 127.0.0.1 with port {served.Address.Port}: another program has this port. Choose another, or 0 for any free one.", fault.Message);
    }

    [Fact]
    public async Task An_address_of_another_machine_is_refused()
    {
        // For documentation alone (RFC 5737): no machine has it.
        var options = new ServeOptions { RunsFolder = "runs", Port = 0, Listen = IPAddress.Parse("192.0.2.1") };
        var fault = await Assert.ThrowsAsync<InputException>(() => WebServer.StartAsync(options, TestContext.Current.CancellationToken));
        Assert.Equal("Cannot listen on 192.0.2.1 with port 0: this machine has no such address. --listen takes one of its own, or 0.0.0.0 for all.", fault.Message);
    }

    [Fact]
    public async Task A_file_is_no_folder_of_runs()
    {
        var file = typeof(WebServerTests).Assembly.Location;
        var fault = await Assert.ThrowsAsync<InputException>(() => WebServer.StartAsync(new ServeOptions { RunsFolder = file, Port = 0 }, TestContext.Current.CancellationToken));
        Assert.Equal($"--runs {file}: this is a file. Name the folder that holds the runs.", fault.Message);
    }

    [Fact]
    public async Task For_all_addresses_it_names_the_machine_since_nobody_can_go_to_0_0_0_0()
    {
        await using var served = await Served.StartAsync(IPAddress.Any);
        Assert.Equal(Dns.GetHostName().ToUpperInvariant(), served.Address.Host.ToUpperInvariant());
        Assert.Matches("^[?]token=[0-9a-f]{32}$", served.Address.Query);
    }
}
