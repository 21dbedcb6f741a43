namespace Cawb.Web.Designer.Address;

/// <summary>What an address says.</summary>
/// <param name="State">With the usual value for what could not be read.</param>
/// <param name="Problems">What could not be read, a sentence each, by the name of the field: those of <see cref="DesignerAddress"/>.</param>
public sealed record DesignerReading(DesignerState State, IReadOnlyDictionary<string, string> Problems);
