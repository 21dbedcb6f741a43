using Cawb.Web.Designer.Address;
using Cawb.Web.Designer.Editing;

namespace Cawb.Web.Designer.Looking;

/// <summary>A schedule of the page as it is shown.</summary>
/// <param name="Index">0-based.</param>
/// <param name="Design">As written.</param>
/// <param name="Name">Unique on the page.</param>
/// <param name="Fault">Why the text is no schedule; null where it is one.</param>
/// <param name="Evaluation">Of the text, or of the last one that was right; null where there is none.</param>
public sealed record DesignerRow(int Index, DesignedSchedule Design, string Name, DesignFault? Fault, Evaluation? Evaluation)
{
    /// <summary>Whether what is drawn is an earlier text.</summary>
    public bool IsStale => Fault is not null && Evaluation is not null;

    /// <summary>What its curve is called.</summary>
    public string Legend => IsStale ? $"{Name} (last that was right)" : Name;
}
