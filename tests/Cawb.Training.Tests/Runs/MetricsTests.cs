using Cawb.Reports.Files;
using Cawb.Tests;
using Cawb.Training.Runs;

namespace Cawb.Training.Tests.Runs;

public class MetricsTests
{
    [Fact]
    public void Writes_one_row_per_epoch_with_times_last()
    {
        using var folder = new TemporaryFolder();
        using var run = RunDirectory.Create(folder.Of("a"), RunSample.Definition(), RunSample.Columns);
        run.Metrics.Append([1, 0.1 + 0.2, double.NaN], [12.34567]);
        run.Metrics.Append([2, 1e-9, -0.5], [100]);
        Assert.Equal("epoch,ap,loss,train_seconds\n1,0.30000000000000004,NaN,12.346\n2,1E-09,-0.5,100.000\n", File.ReadAllText(folder.Of("a", "metrics.csv")));

        var table = RunRecord.Read(folder.Of("a")).Metrics;
        Assert.Equal(2, table.RowCount);
        Assert.Equal([0.1 + 0.2, 1e-9], table.Column("ap"));
        Assert.Equal([12.346, 100], table.Column("train_seconds"));
        Assert.True(double.IsNaN(table.Column("loss")[0]));
    }

    [Fact]
    public void Reads_line_ends_of_Windows()
    {
        var table = MetricsTable.Parse("metrics.csv", "epoch,ap,train_seconds\r\n1,0.5,12.346\r\n2,0.25,100.000\r\n3,0.1");
        Assert.Equal(["epoch", "ap", "train_seconds"], table.Columns.All);
        Assert.Equal([12.346, 100], table.Column("train_seconds"));
    }

    [Fact]
    public void Drops_the_rows_after_the_checkpoint_and_a_torn_one()
    {
        using var folder = new TemporaryFolder();
        using (var run = RunDirectory.Create(folder.Of("a"), RunSample.Definition(), RunSample.Columns))
        {
            run.Metrics.Append([1, 0.1, 5], [1]);
            run.SaveCheckpoint([RunDirectory.LastSlot], RunSample.Content(1));
            run.Metrics.Append([2, 0.2, 4], [1]);
        }
        File.AppendAllText(folder.Of("a", "metrics.csv"), "3,0.3");
        Assert.Equal(2, RunRecord.Read(folder.Of("a")).Metrics.RowCount);

        using var resumed = RunDirectory.Open(folder.Of("a"));
        resumed.RewindTo(resumed.LoadCheckpoint(RunDirectory.LastSlot));
        resumed.Metrics.Append([2, 0.25, 4], [1]);
        Assert.Equal([0.1, 0.25], RunRecord.Read(folder.Of("a")).Metrics.Column("ap"));
    }

    [Fact]
    public void Starts_over_when_there_is_no_checkpoint()
    {
        using var folder = new TemporaryFolder();
        using var run = RunDirectory.Create(folder.Of("a"), RunSample.Definition(), RunSample.Columns);
        run.Metrics.Append([1, 0.1, 5], [1]);
        run.RewindToStart();
        Assert.Equal("epoch,ap,loss,train_seconds\n", File.ReadAllText(folder.Of("a", "metrics.csv")));
    }

    [Fact]
    public void Refuses_metrics_that_somebody_shortened()
    {
        using var folder = new TemporaryFolder();
        using var run = RunDirectory.Create(folder.Of("a"), RunSample.Definition(), RunSample.Columns);
        run.Metrics.Append([1, 0.1, 5], [1]);
        run.SaveCheckpoint([RunDirectory.LastSlot], RunSample.Content(1));
        File.WriteAllText(folder.Of("a", "metrics.csv"), "epoch,ap,loss,train_seconds\n");
        var fault = Assert.Throws<FileException>(() => run.RewindTo(run.LoadCheckpoint(RunDirectory.LastSlot)));
        Assert.Equal(folder.Of("a", "metrics.csv"), fault.Path);
    }

    [Theory]
    [InlineData("epoch,ap\n1,0.5\n2\n", "line 3: has 1 values; there are 2 columns")]
    [InlineData("epoch,ap\n1,half\n", "line 2: 'half' in column 'ap' is not a number")]
    [InlineData("ap,epoch\n", "line 1: The first column must be 'epoch'")]
    [InlineData("", "has no complete first line")]
    public void Names_the_line_of_damaged_metrics(string text, string complaint) =>
        Assert.Contains(complaint, Assert.Throws<FileException>(() => MetricsTable.Parse("metrics.csv", text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Rejects_a_row_of_another_length()
    {
        using var folder = new TemporaryFolder();
        using var run = RunDirectory.Create(folder.Of("a"), RunSample.Definition(), RunSample.Columns);
        Assert.Throws<ArgumentException>(() => run.Metrics.Append([1, 2], [1]));
    }

    [Fact]
    public void Rejects_a_time_that_does_not_say_so() =>
        Assert.Contains("'_seconds'", Assert.Throws<ArgumentException>(() => new MetricsColumns(["epoch"], ["duration"])).Message, StringComparison.Ordinal);
}
