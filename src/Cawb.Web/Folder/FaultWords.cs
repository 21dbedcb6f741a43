using Cawb.Reports.Files;
using Cawb.Training;

namespace Cawb.Web.Folder;

/// <summary>What went wrong with a folder that anybody may have written, in words.</summary>
internal static class FaultWords
{
    /// <summary>One paragraph that says where.</summary>
    /// <param name="directory">That was being read.</param>
    /// <param name="fault">Of any kind.</param>
    public static string Of(string directory, Exception fault) => BadInput.IsCause(fault) ? fault.Message
        : FileFault.IsOne(fault) ? FileFault.OfReading(directory, fault).Message
        : $"{directory}: its files are not those of a run of this version. {fault.Message}";
}
