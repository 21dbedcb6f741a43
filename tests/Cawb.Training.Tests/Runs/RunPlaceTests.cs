using Cawb.Tests;
using Cawb.Training.Runs;
using Cawb.Training.SideBySide;

namespace Cawb.Training.Tests.Runs;

public class RunPlaceTests
{
    [Fact]
    public void A_folder_that_somebody_objects_to_is_named_with_the_reason_and_not_looked_into()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "b", "a", "deep/c", "deep/closed", "closed/d" })
        {
            RunDirectory.Create(folder.Of(name), RunSample.Definition(), RunSample.Columns).Dispose();
        }

        var places = RunPlace.Under(folder.Path, path => path.EndsWith("closed", StringComparison.Ordinal) ? "is closed." : "");
        Assert.Equal([("a", ""), ("b", ""), ("closed", "is closed."), ("deep/c", ""), ("deep/closed", "is closed.")], places.Select(place => (Path.GetRelativePath(folder.Path, place.Path), place.Problem)));
        Assert.Equal([folder.Of("a")], RunPlace.Under(folder.Of("a")).Select(place => place.Path));
    }
}
