namespace Cawb.Code;

/// <summary>What a schedule is written as, beside its JSON.</summary>
public enum CodeLanguage
{
    /// <summary>C# with the types of this library.</summary>
    CSharp,

    /// <summary>C# in which a TorchSharp optimizer follows the schedule, with the package Cawb.TorchSharp.</summary>
    TorchSharp,

    /// <summary>A function of the step in Python, standard library only.</summary>
    Python,
}
