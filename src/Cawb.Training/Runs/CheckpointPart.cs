namespace Cawb.Training.Runs;

/// <summary>One file of a checkpoint to be written.</summary>
/// <param name="Name">File name with ending, such as <c>weights.safetensors</c>; unique in its checkpoint.</param>
/// <param name="Write">Writes all of it into the stream, which it leaves open.</param>
public sealed record CheckpointPart(string Name, Action<Stream> Write);
