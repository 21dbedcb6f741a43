using Cawb.Cli.Tests.Comparison;
using Cawb.Cli.Tests.Training;

[assembly: AssemblyFixture(typeof(FinishedComparison))]

namespace Cawb.Cli.Tests.Comparison;

/// <summary>A comparison that nothing disturbed; made once, for all tests that look at it and change nothing.</summary>
public sealed class FinishedComparison : IDisposable
{
    private readonly Lazy<CommandRun> result;

    public FinishedComparison() => result = new Lazy<CommandRun>(() => SmallComparison.Demand(ProgramProcess.Run(Small.Words("whole"))));

    internal SmallComparison Small { get; } = new();

    /// <summary>What the program printed.</summary>
    internal CommandRun Result => result.Value;

    /// <summary>The folder of the comparison.</summary>
    internal string Folder
    {
        get
        {
            _ = Result;
            return Small.Folder("whole");
        }
    }

    public void Dispose() => Small.Dispose();
}
