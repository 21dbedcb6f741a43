namespace Cawb.Natives;

/// <summary>Lets a library do without versions of other libraries that it asks for and uses nothing of.</summary>
internal static class UnusedVersions
{
    /// <summary>The flag that lets the loader go on where the version is missing (VER_FLG_WEAK).</summary>
    private const byte Weak = 2;

    /// <summary>Marks them in the bytes of a library.</summary>
    /// <returns>How many were marked; 0 if it uses all, or if that cannot be told.</returns>
    /// <exception cref="InvalidDataException">The bytes are no library, or a broken one; they are unchanged then.</exception>
    public static int MarkWeak(Span<byte> library)
    {
        var file = new ElfFile(library);
        if (file.UsedVersions() is not { } used)
        {
            return 0;
        }

        var unused = file.Versions().Where(version => !used.Contains(version.Number)).ToList();
        foreach (var version in unused)
        {
            library[version.FlagsAt] |= Weak;
        }

        return unused.Count;
    }
}
