using System.CommandLine;
using Cawb.Detection;
using static TorchSharp.torch;

namespace Cawb.Cli.Detection;

/// <summary>Where and with how many threads a network runs.</summary>
internal sealed class ComputeOptions
{
    private readonly Option<int> threads = new("--threads") { Description = "Threads that compute.", DefaultValueFactory = _ => Environment.ProcessorCount, HelpName = "N" };

    private readonly Option<string> device = new("--device") { Description = "cpu, or cuda:0 (or 0) with a libtorch that has it.", DefaultValueFactory = _ => "cpu" };

    public void AddTo(Command command)
    {
        command.Options.Add(threads);
        command.Options.Add(device);
    }

    /// <summary>The device, once the threads are set.</summary>
    /// <param name="result">What was typed.</param>
    /// <param name="workers">Threads that may load images beside.</param>
    public Device Apply(ParseResult result, out int workers)
    {
        var count = result.GetValue(threads);
        WholeNumber.Require("--threads", count, 1, 1024);
        ComputeThreads.Set(count);
        workers = Math.Max(1, count / 2);
        return ComputeDevice.Open(result.GetValue(device) ?? "cpu");
    }
}
