using System.IO.Compression;
using System.Reflection.Metadata;
using System.Text;
using System.Xml.Linq;
using Cawb.Tests.Reference;

namespace Package.Tests;

public sealed class PackageTests(PackedLibraries packed)
{
    [Fact]
    public void Four_projects_are_packages_and_have_one_version() =>
        Assert.Equal(
            PackedLibraries.Names.Select(name => $"{name}.{packed.Version}.nupkg"),
            Directory.GetFiles(packed.Feed, "*.nupkg").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));

    [Fact]
    public void The_version_is_1_0_or_later_though_no_tag_may_be_known() =>
        Assert.InRange(Version.Parse(packed.Version.Split('-')[0]), new Version(1, 0, 0), new Version(int.MaxValue, 0));

    [Theory]
    [MemberData(nameof(PackedLibraries.All), MemberType = typeof(PackedLibraries))]
    public void Holds_the_library_with_its_documentation_its_readme_and_its_icon_and_the_symbols_beside_it(string name)
    {
        using var package = ZipFile.OpenRead(packed.PackagePath(name));
        var entries = package.Entries.ToDictionary(entry => entry.FullName);
        Assert.Superset(new HashSet<string> { $"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml", "README.md", "icon.png", $"{name}.nuspec" }, entries.Keys.ToHashSet());
        // nuget.org shows icons of 128 pixels; the size stands behind the signature of a PNG and the name of its first part.
        var icon = Bytes(entries["icon.png"]);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], icon[..4]);
        Assert.Equal([0, 0, 0, 128, 0, 0, 0, 128], icon[16..24]);
        using var symbols = ZipFile.OpenRead(packed.SymbolsPath(name));
        Assert.Contains($"lib/net10.0/{name}.pdb", symbols.Entries.Select(entry => entry.FullName));
    }

    [Theory]
    [MemberData(nameof(PackedLibraries.All), MemberType = typeof(PackedLibraries))]
    public void Says_what_it_is_under_which_licence_and_what_is_new(string name)
    {
        var metadata = Metadata(name);
        Assert.Equal(name, Assert.Single(metadata["id"]).Value);
        Assert.Equal("MIT", Assert.Single(metadata["license"]).Value);
        Assert.Equal("README.md", Assert.Single(metadata["readme"]).Value);
        Assert.Equal("icon.png", Assert.Single(metadata["icon"]).Value);
        Assert.NotEmpty(Assert.Single(metadata["title"]).Value);
        Assert.NotEmpty(Assert.Single(metadata["description"]).Value);
        Assert.NotEmpty(Assert.Single(metadata["tags"]).Value);
        // The changelog's first section, whole, and nothing of the next one.
        var notes = Assert.Single(metadata["releaseNotes"]).Value;
        Assert.Matches(@"^\d+\.\d+\.\d+|^Unreleased", notes);
        Assert.DoesNotContain("\n## ", notes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Cawb")]
    [InlineData("Cawb.Coco")]
    [InlineData("Cawb.Foreign", "Cawb")]
    [InlineData("Cawb.TorchSharp", "Cawb", "Cawb.Foreign", "TorchSharp")]
    public void Needs_these_packages_and_no_libtorch(string name, params string[] needed)
    {
        var dependencies = Metadata(name)["dependency"].ToDictionary(element => element.Attribute("id")?.Value ?? "", element => element.Attribute("version")?.Value);
        Assert.Equal(needed, dependencies.Keys.Order(StringComparer.Ordinal));
        Assert.All(dependencies.Where(pair => PackedLibraries.Names.Contains(pair.Key)), pair => Assert.Equal(packed.Version, pair.Value));
    }

    [Theory]
    [MemberData(nameof(PackedLibraries.All), MemberType = typeof(PackedLibraries))]
    public void Names_no_folder_of_the_machine_that_it_was_built_on(string name)
    {
        using var package = ZipFile.OpenRead(packed.PackagePath(name));
        Assert.All(package.Entries, entry => Assert.Equal(-1, Bytes(entry).AsSpan().IndexOf(Encoding.UTF8.GetBytes(ReferenceFolder.Repository))));
        using var symbols = ZipFile.OpenRead(packed.SymbolsPath(name));
        using var pdb = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Bytes(symbols.Entries.Single(entry => entry.Name == $"{name}.pdb"))));
        var reader = pdb.GetMetadataReader();
        Assert.NotEmpty(reader.Documents);
        Assert.All(reader.Documents, document => Assert.StartsWith("/_/", reader.GetString(reader.GetDocument(document).Name), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(PackedLibraries.All), MemberType = typeof(PackedLibraries))]
    public async Task Installed_into_a_fresh_project_it_runs_the_readmes_example_and_prints_what_the_readme_shows(string name)
    {
        var program = packed.Example(name);
        var printed = await packed.Dotnet(Path.GetDirectoryName(program) ?? "", program);
        Assert.Equal(Readme.Block(name, "output"), printed.TrimEnd().ReplaceLineEndings("\n").Split('\n'));
    }

    private ILookup<string, XElement> Metadata(string name)
    {
        using var package = ZipFile.OpenRead(packed.PackagePath(name));
        using var text = Assert.Single(package.Entries, entry => entry.FullName == $"{name}.nuspec").Open();
        return XDocument.Load(text).Descendants().ToLookup(element => element.Name.LocalName, element => element);
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }
}
