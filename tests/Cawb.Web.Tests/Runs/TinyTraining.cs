using Cawb.Detection.Data;
using Cawb.Detection.Tests.Data;
using Cawb.Training.Loop;
using Cawb.Training.Options;
using Cawb.Training.Ranks;
using Cawb.Training.Runs;

namespace Cawb.Web.Tests.Runs;

/// <summary>A real training on a few images of 32 pixels, which goes on by an epoch when the test says so.</summary>
internal sealed class TinyTraining : ITrainingView, IDisposable
{
    private readonly PaintedDataset images = PaintedDataset.Create((32, 32, 4, 6, 20, 24), (32, 32, 8, 10, 28, 30));
    private readonly SemaphoreSlim epochs = new(0);
    private readonly CancellationTokenSource end = new();
    private readonly Thread thread;
    private Exception? fault;

    public TinyTraining(string directory, int length)
    {
        // All tensor work of a run is on one thread.
        thread = new Thread(() => Train(directory, length));
        thread.Start();
    }

    /// <summary>Lets it train one more epoch; it writes down each before it waits for the next.</summary>
    public void GoOn() => epochs.Release();

    /// <summary>Waits for its end, which must have been a good one.</summary>
    public void Join()
    {
        thread.Join();
        Assert.Null(fault);
    }

    public void Start(TrainingRun run, int epoch, int batch) => epochs.Wait(end.Token);

    public void Batch(BatchOutcome outcome)
    {
    }

    public void Epoch(EpochOutcome outcome, TimeSpan elapsed) => epochs.Wait(end.Token);

    public void Dispose()
    {
        end.Cancel();
        thread.Join();
        images.Dispose();
        epochs.Dispose();
        end.Dispose();
    }

    private void Train(string directory, int length)
    {
        try
        {
            var data = DetectionData.Open(images.Folder, end.Token);
            var options = new TrainOptions { Data = images.Folder, Epochs = length, ImageSize = 32, BatchSize = 2, Threads = 1 };
            using var run = TrainingRun.Start(directory, options, ScheduleText.Parse($$"""{"type":"cosine","durationEpochs":{{length}}}"""), data, OneRank.Only);
            run.HasPictures = false;
            run.Execute(this, TimeProvider.System, end.Token);
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
        catch (Exception other)
        {
            fault = other;
        }
    }
}
