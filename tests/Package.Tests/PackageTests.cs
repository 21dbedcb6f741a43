using System.IO.Compression;
using System.Xml.Linq;

namespace Package.Tests;

public sealed class PackageTests(PackedLibrary packed) : IClassFixture<PackedLibrary>
{
    [Fact]
    public void Holds_the_library_with_its_documentation_and_its_readme_and_the_symbols_beside_it()
    {
        Assert.Superset(new HashSet<string> { "lib/net10.0/Cawb.dll", "lib/net10.0/Cawb.xml", "README.md", "Cawb.nuspec" }, Entries(packed.PackagePath));
        Assert.Contains("lib/net10.0/Cawb.pdb", Entries(packed.SymbolsPath));
    }

    [Fact]
    public void Says_what_it_is_under_which_licence_and_needs_nothing_else()
    {
        using var package = ZipFile.OpenRead(packed.PackagePath);
        using var text = Assert.Single(package.Entries, entry => entry.FullName == "Cawb.nuspec").Open();
        var metadata = XDocument.Load(text).Descendants().ToLookup(element => element.Name.LocalName, element => element);
        Assert.Equal("Cawb", Assert.Single(metadata["id"]).Value);
        Assert.Equal("MIT", Assert.Single(metadata["license"]).Value);
        Assert.Equal("README.md", Assert.Single(metadata["readme"]).Value);
        Assert.NotEmpty(Assert.Single(metadata["description"]).Value);
        Assert.NotEmpty(Assert.Single(metadata["tags"]).Value);
        Assert.Empty(metadata["dependency"]);
    }

    [Fact]
    public async Task Installed_into_a_fresh_project_from_a_folder_it_runs_the_readmes_example_and_prints_what_the_readme_shows()
    {
        var project = packed.NewFolder("example");
        Write("NuGet.config", $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="packed" value="{packed.Feed}" />
              </packageSources>
              <fallbackPackageFolders>
                <clear />
              </fallbackPackageFolders>
            </configuration>
            """);
        Write("Example.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <UseAppHost>false</UseAppHost>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Cawb" Version="{packed.Version}" />
              </ItemGroup>
            </Project>
            """);
        var readme = File.ReadAllLines(Path.Combine(PackedLibrary.Project, "README.md"));
        Write("Program.cs", string.Join('\n', Block(readme, "csharp")));

        var printed = await packed.Dotnet(project, "run");

        Assert.Equal(Block(readme, "output"), printed.TrimEnd().ReplaceLineEndings("\n").Split('\n'));

        void Write(string name, string text) => File.WriteAllText(Path.Combine(project, name), text);
    }

    private static HashSet<string> Entries(string path)
    {
        using var package = ZipFile.OpenRead(path);
        return [.. package.Entries.Select(entry => entry.FullName)];
    }

    /// <summary>The lines of the one block that starts with three backticks and this word.</summary>
    private static string[] Block(string[] lines, string word)
    {
        var start = Assert.Single(Enumerable.Range(0, lines.Length), line => lines[line] == "```" + word);
        return [.. lines.Skip(start + 1).TakeWhile(line => line != "```")];
    }
}
