using System.Diagnostics;
using System.Globalization;
using Cawb.Files;
using Cawb.Reports.Files;
using Cawb.Tests;

namespace Cawb.Reports.Tests.Files;

public sealed class UnfinishedTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_name_says_host_and_process_and_is_never_given_twice()
    {
        var (first, second) = (Path.GetFileName(Unfinished.NameFor(folder.Of("a.csv"))), Path.GetFileName(Unfinished.NameFor(folder.Of("a.csv"))));
        Assert.NotEqual(first, second);
        Assert.Matches(string.Create(CultureInfo.InvariantCulture, $@"^a\.csv\.[a-z0-9-]+_{Environment.ProcessId}-[0-9]+\.partial$"), first);
        Assert.Contains(Environment.MachineName, first, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void What_is_left_by_processes_of_this_host_that_have_ended_is_deleted_and_nothing_else()
    {
        var own = Unfinished.NameFor(folder.Of("own"));
        string Of(string name, int process) => Unfinished.NameFor(folder.Of(name)).Replace(string.Create(CultureInfo.InvariantCulture, $"_{Environment.ProcessId}-"), string.Create(CultureInfo.InvariantCulture, $"_{process}-"), StringComparison.Ordinal);
        using var living = Process.Start(new ProcessStartInfo("sleep", ["60"])) ?? throw new InvalidOperationException("Not started.");
        using var dead = Process.Start(new ProcessStartInfo("true")) ?? throw new InvalidOperationException("Not started.");
        dead.WaitForExit();
        string[] stay = [Of("living", living.Id), folder.Of("far.another-host_7-1.partial"), folder.Of("strange.partial"), folder.Of("file.txt")];
        foreach (var file in stay.Append(own).Append(Of("dead", dead.Id)))
        {
            File.WriteAllText(file, "");
        }
        AtomicFile.RemoveLeftovers(folder.Path);
        living.Kill();
        Assert.Equal(stay.Order(StringComparer.Ordinal), Directory.EnumerateFiles(folder.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Of_several_that_make_a_file_at_once_one_makes_it()
    {
        for (var round = 0; round < 50; round++)
        {
            var path = folder.Of(round.ToString(CultureInfo.InvariantCulture));
            var made = new bool[4];
            Parallel.For(0, made.Length, i => made[i] = AtomicFile.TryCreateText(path, i.ToString(CultureInfo.InvariantCulture)));
            Assert.Equal(Array.IndexOf(made, true).ToString(CultureInfo.InvariantCulture), File.ReadAllText(path));
            Assert.Single(made, m => m);
        }
        Assert.Equal(50, Directory.EnumerateFiles(folder.Path).Count());
    }
}
