namespace Cawb.Training.Runs;

/// <summary>Somebody else has the run or the comparison: later the same command can go on.</summary>
public sealed class RunInUseException : Exception
{
    /// <summary>A run that another process has.</summary>
    /// <param name="folder">The run's.</param>
    /// <param name="cause">What was thrown below.</param>
    public RunInUseException(string folder, Exception? cause)
        : base($"{folder}: is in use by another process. Wait until it has finished, stop it, or give this run another directory.", cause)
    {
    }

    /// <summary>Something else in use.</summary>
    /// <param name="folder">What is in use.</param>
    /// <param name="problem">By whom and what to do, as sentences.</param>
    public RunInUseException(string folder, string problem)
        : base($"{folder}: {problem}")
    {
    }
}
