namespace Cawb.Web.Designer.Address;

/// <summary>What a schedule is written as.</summary>
public enum CopyAs
{
    /// <summary>The text form.</summary>
    Json,

    /// <summary>C# with our types.</summary>
    CSharp,

    /// <summary>C# in which a TorchSharp optimizer follows it.</summary>
    TorchSharp,

    /// <summary>A function in Python.</summary>
    Python,

    /// <summary>Words for a shell.</summary>
    CommandLine,
}
