using System.Diagnostics;
using System.Globalization;

namespace ServeSpeed;

/// <summary><c>cawb serve</c> in a process of its own, over a folder, on a free port.</summary>
internal sealed class Server : IDisposable
{
    private readonly Process process;

    private Server(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Its process.</summary>
    public int ProcessId => process.Id;

    /// <summary>The most memory that it has had, in MB (10^6 bytes).</summary>
    public double PeakMegabytes => Status("VmHWM") * 1024 / 1e6;

    /// <summary>Its processor time so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public static async Task<Server> StartAsync(string program, string runs)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [program, "serve", "--runs", runs, "--port", "0"]) { RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException("The server did not start.");
        return new(process, new Uri(await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server printed no address.")));
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private double Status(string field) => double.Parse(
        File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith(field, StringComparison.Ordinal)).Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}
