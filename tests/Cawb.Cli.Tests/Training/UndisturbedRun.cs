using Cawb.Cli.Tests.Training;

[assembly: AssemblyFixture(typeof(UndisturbedRun))]

namespace Cawb.Cli.Tests.Training;

/// <summary>A training that nothing disturbed; made once, for all tests that compare with it.</summary>
public sealed class UndisturbedRun : IDisposable
{
    private readonly Lazy<CommandRun> result;

    public UndisturbedRun() => result = new Lazy<CommandRun>(() => ProgramProcess.Run(Training.Words("undisturbed")));

    internal SmallTraining Training { get; } = new();

    /// <summary>What the program printed.</summary>
    internal CommandRun Result => result.Value;

    /// <summary>The finished run's directory.</summary>
    internal string Path
    {
        get
        {
            Assert.True(Result.ExitCode == 0, Result.Error);
            return Training.Run("undisturbed");
        }
    }

    public void Dispose() => Training.Dispose();
}
