using Cawb.Tests;
using Cawb.Training.Runs;

namespace Cawb.Training.Tests.Runs;

public class RunNotesTests
{
    [Fact]
    public void What_was_said_is_kept_once_and_in_its_order()
    {
        using var folder = new TemporaryFolder();
        using var run = RunDirectory.Create(folder.Of("a"), RunSample.Definition(), RunSample.Columns);
        RunNotes.Keep(run, []);
        Assert.False(File.Exists(folder.Of("a", RunNotes.FileName)));
        RunNotes.Keep(run, ["Warning: one\nof two lines.", "Another."]);
        RunNotes.Keep(run, ["Another.", "It goes on."]);
        Assert.Equal(["Warning: one of two lines.", "Another.", "It goes on."], RunNotes.Read(folder.Of("a")));
    }
}
