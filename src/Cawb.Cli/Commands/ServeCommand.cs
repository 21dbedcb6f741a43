using System.CommandLine;
using System.Net;
using Cawb.Training;
using Cawb.Web;

namespace Cawb.Cli.Commands;

/// <summary><c>cawb serve</c>: runs and the schedule designer as pages.</summary>
internal static class ServeCommand
{
    private const string Help = """
        Shows runs while they train, comparisons as they go, and a designer for schedules, as pages for a browser. It reads the folder of runs, writes nothing, and listens on this machine alone.
        Open the address that it prints; Ctrl-C ends it.

        Examples:
          cawb serve
          cawb serve --runs /data/runs --port 8080
          cawb serve --listen 0.0.0.0
        """;

    private static readonly Option<string> Runs = new("--runs") { Description = "The folder with runs and comparisons.", DefaultValueFactory = _ => "runs", HelpName = "FOLDER" };

    private static readonly Option<int> Port = new("--port") { Description = "The port; 0 for any free one.", DefaultValueFactory = _ => ServeOptions.UsualPort, HelpName = "N" };

    private static readonly Option<string?> Listen = new("--listen")
    {
        Description = "An address of this machine to listen on instead of 127.0.0.1, or 0.0.0.0 for all. Visitors then need a token, which is printed; the connection is not encrypted.",
        HelpName = "ADDRESS",
    };

    public static Command Create()
    {
        var command = new Command("serve", Help) { Runs, Port, Listen };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellation)
    {
        var options = new ServeOptions { RunsFolder = result.GetRequiredValue(Runs), Port = PortOf(result.GetValue(Port)), Listen = AddressOf(result.GetValue(Listen)) };
        using var interruption = new Interruption();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(interruption.Token, cancellation);
        await using var server = await WebServer.StartAsync(options, end.Token);
        var folder = Path.GetFullPath(options.RunsFolder);
        var found = Directory.Exists(folder) ? "its runs are shown" : "there is no such folder yet; runs are shown once they begin in it";
        result.InvocationConfiguration.Error.WriteLine($"{folder}: {found}. Ctrl-C ends the server.");
        result.InvocationConfiguration.Output.WriteLine(server.Address.AbsoluteUri);
        await server.WaitAsync(end.Token);
        return ExitCode.Done;
    }

    private static int PortOf(int port) => port is >= 0 and <= ushort.MaxValue ? port : throw new InputException($"--port must be between 0 and {ushort.MaxValue}; got {port}.");

    private static IPAddress? AddressOf(string? text) => text is null ? null
        : IPAddress.TryParse(text, out var address) ? address
        : throw new InputException($"--listen needs an address, such as 0.0.0.0 for all of this machine; got '{text}'.");
}
