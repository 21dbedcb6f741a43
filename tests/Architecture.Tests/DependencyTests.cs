using System.Reflection;
using Cawb.Tests.Reference;

namespace Architecture.Tests;

public sealed class DependencyTests
{
    // As the host lists them: those that lie in the folder of that framework.
    private static readonly HashSet<string> WebFramework =
    [
        .. ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator)
            .Where(path => path.Contains("Microsoft.AspNetCore.App", StringComparison.Ordinal)).Select(path => Path.GetFileNameWithoutExtension(path)),
    ];

    [Fact]
    public void Every_assembly_references_only_what_the_table_in_the_architecture_page_allows()
    {
        foreach (var (project, allowed) in Table())
        {
            var assembly = Assembly.Load(project);
            var foreign = assembly.GetReferencedAssemblies()
                .Select(reference => reference.Name ?? "")
                .Where(name => !IsPlatform(name) && !allowed.Contains(name) && !(allowed.Contains("ASP.NET Core") && WebFramework.Contains(name)));
            Assert.True(!foreign.Any(), $"{project} references {string.Join(", ", foreign)}, which ARCHITECTURE.md does not allow.");
        }
    }

    [Fact]
    public void The_table_lists_every_project_of_the_source_folder()
    {
        var folders = Directory.GetDirectories(Path.Combine(ReferenceFolder.Repository, "src"))
            .Where(folder => Directory.GetFiles(folder, "*.csproj").Length > 0)
            .Select(Path.GetFileName);
        Assert.Equal(folders.Order(StringComparer.Ordinal), Table().Keys.Order(StringComparer.Ordinal));
    }

    private static bool IsPlatform(string name) =>
        name is "mscorlib" or "netstandard" or "Microsoft.CSharp" or "Microsoft.Win32.Primitives" or "System"
        || (name.StartsWith("System.", StringComparison.Ordinal) && name != "System.CommandLine");

    private static Dictionary<string, HashSet<string>> Table() =>
        File.ReadLines(Path.Combine(ReferenceFolder.Repository, "ARCHITECTURE.md"))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 5 && cells[1].StartsWith("Cawb", StringComparison.Ordinal))
            .ToDictionary(
                cells => cells[1],
                cells => cells[3].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal),
                StringComparer.Ordinal);
}
