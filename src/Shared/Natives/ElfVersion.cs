namespace Cawb.Natives;

/// <summary>A version that a library asks of another.</summary>
/// <param name="Library">The other: <c>libstdc++.so.6</c>.</param>
/// <param name="Name">Such as <c>GLIBCXX_3.4.32</c>.</param>
/// <param name="Number">What symbols of that version are marked with.</param>
/// <param name="FlagsAt">Where in the file the two bytes of its flags lie.</param>
internal readonly record struct ElfVersion(string Library, string Name, int Number, int FlagsAt);
