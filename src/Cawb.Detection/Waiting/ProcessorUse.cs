namespace Cawb.Detection.Waiting;

/// <summary>How many processors were in use over a while, on average.</summary>
/// <param name="Own">By this process.</param>
/// <param name="Others">By all others; about 0.1 too much or too little, as the clock of <c>/proc/stat</c> is coarse.</param>
internal readonly record struct ProcessorUse(double Own, double Others);
