using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cawb.Tests.Compilation;

/// <summary>C# compiled in memory by the SDK's own compiler against what the test program refers to.</summary>
internal static class CompiledCode
{
    private static readonly CSharpParseOptions Options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);

    private static readonly MetadataReference[] References =
        [.. ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>What the compiler says of a whole program; nothing where it is right.</summary>
    public static IReadOnlyList<string> Complaints(string program) => [.. Compilation(OutputKind.ConsoleApplication, program).GetDiagnostics().Where(IsComplaint).Select(said => said.ToString())];

    /// <summary>Programs of top-level statements as methods, in one assembly: the method of each gives the variable of this name.</summary>
    public static IReadOnlyList<MethodInfo> Methods(IReadOnlyList<string> programs, string parameters, string variable)
    {
        // A method has no using directives: those of all stand above.
        var lines = programs.Select(program => program.Split('\n').ToLookup(line => line.StartsWith("using ", StringComparison.Ordinal))).ToList();
        var text = $$"""
            {{string.Join('\n', lines.SelectMany(program => program[true]).Distinct())}}
            public static class Code
            {
            {{string.Join('\n', lines.Select((program, i) => $"public static object Program{i}({parameters}) {{ {string.Join('\n', program[false])}\nreturn {variable}; }}"))}}
            }
            """;
        using var assembly = new MemoryStream();
        var result = Compilation(OutputKind.DynamicallyLinkedLibrary, text).Emit(assembly);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(IsComplaint).Take(10)));
        assembly.Position = 0;
        var code = AssemblyLoadContext.GetLoadContext(typeof(CompiledCode).Assembly)?.LoadFromStream(assembly).GetType("Code") ?? throw new InvalidOperationException("There is no code.");
        return [.. programs.Select((_, i) => code.GetMethod($"Program{i}") ?? throw new InvalidOperationException("There is no method."))];
    }

    private static CSharpCompilation Compilation(OutputKind kind, string text) => CSharpCompilation.Create(
        $"Code{Guid.NewGuid():N}", [CSharpSyntaxTree.ParseText(text, Options)], References, new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable));

    private static bool IsComplaint(Diagnostic said) => said.Severity >= DiagnosticSeverity.Warning;
}
