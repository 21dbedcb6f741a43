using Cawb.Reports.Files;
using Cawb.Tests;
using Cawb.Training.Runs;

namespace Cawb.Training.Tests.Runs;

public class RunDirectoryTests
{
    [Fact]
    public void Reads_back_what_the_run_is()
    {
        using var folder = new TemporaryFolder();
        RunDirectory.Create(folder.Of("runs", "a"), RunSample.Definition(), RunSample.Columns).Dispose();
        using var opened = RunDirectory.Open(folder.Of("runs", "a"));
        Assert.Equal(RunSample.Definition(), opened.Definition);
        Assert.Equal(RunSample.Definition().ToJson(), opened.Definition.ToJson());
        Assert.Equal(RunSample.Columns, opened.Metrics.Columns);
        Assert.NotEqual(RunSample.Definition(seed: 4), opened.Definition);
    }

    [Fact]
    public void Numbers_runs_of_one_name()
    {
        using var folder = new TemporaryFolder();
        var names = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            using var run = RunDirectory.CreateNumbered(folder.Path, "train", RunSample.Definition(), RunSample.Columns);
            names.Add(Path.GetFileName(run.Path));
        }
        Assert.Equal(["train", "train2", "train3"], names);
    }

    [Fact]
    public void Takes_an_empty_folder()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Of("a"));
        using var run = RunDirectory.Create(folder.Of("a"), RunSample.Definition(), RunSample.Columns);
        Assert.True(File.Exists(folder.Of("a", "run.json")));
    }

    [Fact]
    public void Refuses_the_directory_of_another_run_and_leaves_it_alone()
    {
        using var folder = new TemporaryFolder();
        RunDirectory.Create(folder.Of("a"), RunSample.Definition(), RunSample.Columns).Dispose();
        var before = File.ReadAllBytes(folder.Of("a", "run.json"));
        var fault = Assert.Throws<FileException>(() => RunDirectory.Create(folder.Of("a"), RunSample.Definition(seed: 9), RunSample.Columns));
        Assert.Equal(folder.Of("a") + ": already holds a run. Go on with it (--resume), or give the new run another directory.", fault.Message);
        Assert.Equal(before, File.ReadAllBytes(folder.Of("a", "run.json")));
        Assert.Single(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Refuses_a_folder_with_other_things_in_it()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.Of("precious.txt"), "");
        var fault = Assert.Throws<FileException>(() => RunDirectory.Create(folder.Path, RunSample.Definition(), RunSample.Columns));
        Assert.EndsWith("exists and is not empty. Give the run a directory of its own.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Leaves_nothing_behind_when_the_place_is_a_file()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.Of("file"), "");
        Assert.Throws<FileException>(() => RunDirectory.Create(folder.Of("file"), RunSample.Definition(), RunSample.Columns));
        Assert.Throws<FileException>(() => RunDirectory.Create(folder.Of("file", "run"), RunSample.Definition(), RunSample.Columns));
        Assert.Equal([folder.Of("file")], Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Says_what_is_wrong_with_an_unwritable_place()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self"), "This system has no /proc.");
        var fault = Assert.Throws<FileException>(() => RunDirectory.Create("/proc/cawb/run", RunSample.Definition(), RunSample.Columns));
        Assert.StartsWith("/proc/cawb/run: cannot be written: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keeps_a_second_user_out_until_the_first_is_done()
    {
        using var folder = new TemporaryFolder();
        using (RunDirectory.Create(folder.Of("a"), RunSample.Definition(), RunSample.Columns))
        {
            var fault = Assert.Throws<RunInUseException>(() => RunDirectory.Open(folder.Of("a")));
            Assert.StartsWith(folder.Of("a") + ": is in use by another process.", fault.Message, StringComparison.Ordinal);
        }
        RunDirectory.Open(folder.Of("a")).Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    public void Says_that_there_is_no_run(string name)
    {
        using var folder = new TemporaryFolder();
        var fault = Assert.Throws<FileException>(() => RunDirectory.Open(folder.Of(name)));
        Assert.Contains(name.Length == 0 ? "is not a run: it has no run.json" : "there is no such run", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"seed\": 3", "\"seed\": 3.5", "line 4, column 11: 'seed' must be a whole number")]
    [InlineData("\"seed\": 3", "\"sead\": 3", "has no 'sead'. Did you mean 'seed'?")]
    [InlineData("\"seed\": 3,", "\"seed\": 3", "line 5, column 3: this is not JSON")]
    [InlineData("\"command\": \"train\",", "", "lacks 'command', which it must have")]
    [InlineData("\"seed\": 3", "\"seed\": 3, \"seed\": 3", "'seed' is given twice")]
    public void Points_at_the_fault_in_a_definition(string from, string to, string complaint)
    {
        using var folder = new TemporaryFolder();
        RunDirectory.Create(folder.Of("a"), RunSample.Definition(), RunSample.Columns).Dispose();
        var text = File.ReadAllText(folder.Of("a", "run.json"));
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(folder.Of("a", "run.json"), text.Replace(from, to, StringComparison.Ordinal));
        var fault = Assert.Throws<FileException>(() => RunDirectory.Open(folder.Of("a")));
        Assert.Contains(complaint, fault.Message, StringComparison.Ordinal);
        Assert.Equal(folder.Of("a", "run.json"), fault.Path);
    }

    [Fact]
    public void Adds_pictures_but_never_over_its_own_files()
    {
        using var folder = new TemporaryFolder();
        using var run = RunDirectory.Create(folder.Of("a"), RunSample.Definition(), RunSample.Columns);
        run.WriteFile("lr.svg", s => s.Write("<svg/>"u8));
        Assert.Equal("<svg/>", File.ReadAllText(folder.Of("a", "lr.svg")));
        foreach (var name in new[] { "run.json", "metrics.csv", "lock", "checkpoints", "../other.svg" })
        {
            Assert.Throws<ArgumentException>(() => run.WriteFile(name, _ => { }));
        }
    }
}
