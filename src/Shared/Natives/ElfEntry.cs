namespace Cawb.Natives;

/// <summary>The entries of a library's dynamic section that are read here.</summary>
internal enum ElfEntry : ulong
{
    Needed = 1,
    LazyRelocationsSize = 2,
    Texts = 5,
    Relocations = 7,
    RelocationsSize = 8,
    TextsSize = 10,
    OtherRelocations = 17,
    LazyRelocations = 23,
    SymbolVersions = 0x6ffffff0,
    Versions = 0x6ffffffe,
    VersionCount = 0x6fffffff,
}
