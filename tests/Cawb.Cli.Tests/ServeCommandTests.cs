using System.CommandLine;
using System.Text;
using Cawb.Cli.Tests.Training;

namespace Cawb.Cli.Tests;

public sealed class ServeCommandTests
{
    [Fact]
    public async Task Every_command_of_the_page_prints_an_address_that_answers()
    {
        foreach (var words in PageCommands.Of("docs/serve.md"))
        {
            var (output, error, code) = await ServeUntilAnsweredAsync([.. words, .. words.Contains("--port") ? [] : (string[])["--port", "0"]]);
            Assert.Equal(0, code);
            Assert.EndsWith("Ctrl-C ends the server.\n", error, StringComparison.Ordinal);
            Assert.Equal(words.Contains("--listen"), output.Contains("?token=", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_folder_that_is_not_there_yet_is_said()
    {
        using var folder = new TemporaryFolder();
        var (_, error, _) = await ServeUntilAnsweredAsync(["serve", "--port", "0", "--runs", folder.Path("runs")]);
        Assert.Equal($"{folder.Path("runs")}: there is no such folder yet; runs are shown once they begin in it. Ctrl-C ends the server.\n", error);
    }

    [Theory]
    [InlineData("--port -1", "--port must be between 0 and 65535; got -1.")]
    [InlineData("--port 65536", "--port must be between 0 and 65535; got 65536.")]
    [InlineData("--listen everywhere", "--listen needs an address, such as 0.0.0.0 for all of this machine; got 'everywhere'.")]
    [InlineData("--listen 192.0.2.1", "Cannot listen on 192.0.2.1 with port 5151: this machine has no such address.")]
    [InlineData("--runs README.md --port 0", "--runs README.md: this is a file.")]
    public void What_cannot_be_is_refused(string words, string complaint)
    {
        var path = Path.Combine(Cawb.Tests.Reference.ReferenceFolder.Repository, "README.md");
        var paragraph = Refusal.Of(["serve", .. words.Replace("README.md", path, StringComparison.Ordinal).Split(' ')]);
        Refusal.Says(paragraph, complaint.Replace("README.md", path, StringComparison.Ordinal));
    }

    /// <summary>The program itself, with a page open over a socket, which must not hold it up.</summary>
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_ends_the_program_although_a_page_is_open(string signal)
    {
        using var folder = new TemporaryFolder();
        using var program = ProgramProcess.Start("serve", "--port", "0", "--runs", folder.Path());
        var address = new Uri(program.FirstLine());
        using var socket = new System.Net.WebSockets.ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{address.Port}/_blazor"), TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"), System.Net.WebSockets.WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        program.Signal(signal);
        var run = program.End();
        Assert.Equal((0, $"{address}\n", $"{folder.Path()}: its runs are shown. Ctrl-C ends the server.\n"), (run.ExitCode, run.Output, run.Error));
    }

    /// <summary>Runs the command in this process, asks for the page at the printed address, and ends it as Ctrl-C does.</summary>
    private static async Task<(string Output, string Error, int Code)> ServeUntilAnsweredAsync(string[] words)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var output = new FirstLine(address);
        using var error = new StringWriter { NewLine = "\n" };
        var result = CommandLine.Create().Parse(words);
        Assert.Empty(result.Errors);
        var running = result.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false }, end.Token);
        Assert.True(address.Task == await Task.WhenAny(address.Task, running), $"It ended before it listened: {error}");
        using var client = new HttpClient();
        var page = await client.GetStringAsync(await Reachable(address.Task), TestContext.Current.CancellationToken);
        Assert.Contains("<h1", page, StringComparison.Ordinal);
        await end.CancelAsync();
        var code = await running;
        return (output.ToString(), error.ToString(), code);
    }

    // The name of the machine need not be known to the machine itself.
    private static async Task<Uri> Reachable(Task<Uri> printed) => new UriBuilder(await printed) { Host = "127.0.0.1" }.Uri;

    private sealed class FirstLine(TaskCompletionSource<Uri> address) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            address.TrySetResult(new Uri(value ?? ""));
        }
    }
}
