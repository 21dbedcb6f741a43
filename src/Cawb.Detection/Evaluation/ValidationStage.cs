namespace Cawb.Detection.Evaluation;

/// <summary>What a validation spends its time on.</summary>
public enum ValidationStage
{
    /// <summary>Waiting for images, which other threads decode and letterbox.</summary>
    Loading,

    /// <summary>The network and the decoding of its maps.</summary>
    Forward,

    /// <summary>Non-maximum suppression, and the way back to the pixels of the original images.</summary>
    Suppression,

    /// <summary>Matching with the labels and all figures.</summary>
    Evaluation,
}
