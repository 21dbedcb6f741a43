namespace Cawb.Training.Runs;

/// <summary>Another process has the run: later the same command can go on.</summary>
/// <param name="folder">The run's.</param>
/// <param name="cause">What was thrown below.</param>
public sealed class RunInUseException(string folder, Exception? cause = null)
    : Exception($"{folder}: is in use by another process. Wait until it has finished, stop it, or give this run another directory.", cause);
