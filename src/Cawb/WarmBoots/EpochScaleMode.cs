namespace Cawb;

/// <summary>How <see cref="CawbSchedule.EpochScale"/> stretches the curve of every segment but the last.</summary>
public enum EpochScaleMode
{
    /// <summary>Curve length = segment length x scale: what the article describes and shows. A scale of 1 changes nothing.</summary>
    Multiply,

    /// <summary>Curve length = segment length + scale: what the published code does. A scale of 0 changes nothing.</summary>
    Add,
}
