using System.Text.Json.Nodes;
using Cawb.Detection;
using Cawb.Detection.Data.Loading;
using Cawb.Detection.Loss;
using Cawb.Detection.Model;
using Cawb.Detection.Tests.Data;
using Cawb.Training.Loop;
using Cawb.Training.Options;
using Cawb.Yolov5;
using static TorchSharp.torch;

namespace Cawb.Training.Tests.Loop;

public sealed class TrainingSessionTests : IDisposable
{
    private const int Epochs = 3;

    private static readonly CawbSchedule Schedule = new(Epochs, [2], Annealing.CosineTo(0.2), stepScale: 0.7, epochScale: 4, warmupEpochs: 1);

    private readonly PaintedDataset pictures = PaintedDataset.CreateSeven();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_same_seed_and_number_of_threads_give_the_same_bits_and_another_seed_others(int threads)
    {
        var former = ComputeThreads.Count;
        ComputeThreads.Set(threads);
        try
        {
            var first = Finish(seed: 7);
            Assert.Equal(first, Finish(seed: 7));
            Assert.NotEqual(first, Finish(seed: 8));
        }
        finally
        {
            ComputeThreads.Set(former);
        }
    }

    [Fact]
    public void A_run_saved_after_any_batch_and_restored_into_a_fresh_session_ends_with_the_same_bits()
    {
        var whole = Finish(seed: 7);
        using var count = NewSession(seed: 7);
        for (var stop = 1; stop <= count.Plan.TotalBatches; stop++)
        {
            var (state, tensors) = SaveAfter(stop);
            using var session = NewSession(seed: 7);
            session.Restore(state, new MemoryStream(tensors), "memory");
            Assert.Equal(whole, Finish(session));
        }
    }

    [Fact]
    public void Gradients_that_are_gathered_but_not_applied_are_part_of_the_state()
    {
        // Batches of 3 towards a nominal batch of 6: after an odd number of batches half a step is gathered.
        var hyper = Hyper with { NominalBatch = 6 };
        using var whole = NewSession(seed: 7, hyper);
        Assert.Equal(2, whole.Plan.Accumulation);
        AssertResumes(Options(seed: 7, hyper), batches: 1);
    }

    [Fact]
    public void A_run_with_the_release_s_warm_up_sizes_that_vary_and_frozen_layers_resumes_to_the_same_bits()
    {
        var options = Options(seed: 7, Hyper with { NominalBatch = 9, WarmupMinBatches = 6, LabelSmoothing = 0.1 }) with
        {
            Warmup = WarmupSource.Yolov5,
            MultiScale = true,
            Freeze = 10,
            WeightDecaySchedule = new CosineSchedule(Epochs),
        };
        AssertResumes(options, batches: 2, new Yolov5Schedule(Epochs, 0));
        AssertResumes(options, batches: 5, new Yolov5Schedule(Epochs, 0));
    }

    [Theory]
    [InlineData(TrainOptions.Adam, 1)]
    [InlineData(TrainOptions.AdamW, 4)]
    public void Under_every_optimizer_a_run_resumes_to_the_same_bits_also_within_a_step_and_after_a_range_test(string optimizer, int batches)
    {
        var options = Options(seed: 7, Hyper with { NominalBatch = 6, LearningRate = 0.002 }) with { Optimizer = optimizer };
        AssertResumes(options, batches);
        using var tested = NewSession(options);
        Train(tested, batches);
        tested.FindLearningRate(new RangeTestOptions { Points = 10 }, null, CancellationToken.None);
        using var plain = NewSession(options);
        var expected = Finish(plain);
        Assert.Equal(expected, Finish(tested));
        using var other = NewSession(options with { Optimizer = TrainOptions.Sgd });
        Assert.NotEqual(expected, Finish(other));
    }

    [Fact]
    public void Frozen_layers_keep_their_bits_and_their_normalisations_follow_the_batches()
    {
        using var session = NewSession(Options(seed: 7, Hyper) with { Freeze = 10 });
        var before = Values(session.AveragedModel);
        Train(session, batches: int.MaxValue);
        foreach (var (tensor, (old, now)) in session.AveragedModel.Tensors.Zip(before.Zip(Values(session.AveragedModel))))
        {
            Assert.Equal(tensor.IsTrained && tensor.Layer < 10, old.AsSpan().SequenceEqual(now));
        }
    }

    [Fact]
    public void Sizes_that_vary_change_what_is_learnt() =>
        Assert.NotEqual(Finish(seed: 7), Finish(seed: 7, multiScale: true));

    [Fact]
    public void A_training_stops_when_fitness_has_not_risen_for_as_many_epochs_as_patience_says_also_after_a_resume()
    {
        // Without a learning rate nothing is ever found: fitness is 0 in every epoch, and an equal one counts as better.
        var options = Options(seed: 7, Hyper) with { Epochs = 9, Patience = 2 };
        using var session = NewSession(options, new ConstantSchedule());
        Train(session, (int)session.Plan.BatchesPerEpoch * 3);
        session.CompleteEpoch(CancellationToken.None);
        var state = JsonNode.Parse(session.CaptureState()) ?? throw new InvalidOperationException();
        (state["bestFitness"], state["bestFitnessEpoch"]) = (2, 1);
        using var resumed = NewSession(options, new ConstantSchedule());
        resumed.Restore(state.ToJsonString(), new MemoryStream(Tensors(session)), "memory");
        Assert.Equal((3, false), (resumed.Epoch, resumed.IsFinished));
        Train(resumed, int.MaxValue);
        Assert.Equal((4, true, true), (resumed.Epoch, resumed.IsFinished, resumed.IsStoppedEarly));
    }

    [Fact]
    public void A_training_after_a_range_test_has_the_bits_of_one_without()
    {
        var hyper = Hyper with { NominalBatch = 6 };
        using var whole = NewSession(seed: 7, hyper);
        var expected = Finish(whole);
        using var session = NewSession(seed: 7, hyper);
        var live = Tensor.TotalCount;
        var found = session.FindLearningRate(new RangeTestOptions { Points = 12 }, null, CancellationToken.None);
        Assert.Equal(live, Tensor.TotalCount);
        Assert.NotEmpty(found.Points);
        Train(session, batches: 1);
        session.FindLearningRate(new RangeTestOptions { Points = 10, From = 0.1, To = 100 }, null, CancellationToken.None);
        Assert.Equal(expected, Finish(session));
    }

    [Fact]
    public void A_range_test_that_is_cancelled_leaves_everything_as_it_was()
    {
        using var session = NewSession(seed: 7);
        Train(session, batches: 1);
        var before = (session.CaptureState(), Tensors(session));
        using var source = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => session.FindLearningRate(new RangeTestOptions(), _ => source.Cancel(), source.Token));
        Assert.Equal(before.Item1, session.CaptureState());
        Assert.Equal(before.Item2, Tensors(session));
    }

    [Fact]
    public void Every_batch_trains_with_the_rate_of_the_schedule()
    {
        using var session = NewSession(seed: 7);
        while (!session.IsFinished)
        {
            foreach (var outcome in session.TrainEpoch(CancellationToken.None))
            {
                var epochs = outcome.Epoch + ((double)outcome.Batch / session.Plan.BatchesPerEpoch);
                Assert.Equal(Schedule.ValueAt(epochs, Hyper.LearningRate), outcome.LearningRate);
            }

            session.CompleteEpoch(CancellationToken.None);
        }
    }

    [Fact]
    public void Training_and_validation_leave_no_tensor_behind()
    {
        using var session = NewSession(seed: 7);
        Train(session, batches: 1);
        var live = Tensor.TotalCount;
        Train(session, batches: (int)session.Plan.TotalBatches - 1);
        Assert.Equal(live, Tensor.TotalCount);
    }

    [Fact]
    public void The_losses_of_a_validation_are_the_mean_over_its_batches_of_what_the_averaged_network_loses_on_them()
    {
        using var session = NewSession(seed: 7);
        Train(session, (int)session.Plan.BatchesPerEpoch);
        var found = session.CompleteEpoch(CancellationToken.None).ValidationTerms;

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var dataset = pictures.Open().Validation;
        var loss = new DetectionLoss(AnchorSet.Coco, dataset.ClassNames.Count, Hyper.ToLossGains(dataset.ClassNames.Count, 64));
        using var loader = new ValidationLoader(dataset, new ValidationLoaderOptions { ImageSize = 64, BatchSize = 6, Workers = 1 });
        var expected = new List<LossResult>();
        foreach (var batch in loader.Read(CancellationToken.None))
        {
            expected.Add(loss.Compute(session.AveragedModel.Forward(PixelTensor.From(batch.Pixels, batch.Count, batch.Height, batch.Width, CPU), training: false), batch.Labels));
        }

        Assert.Equal(2, expected.Count);
        Assert.Equal((expected.Average(one => one.Box), expected.Average(one => one.Objectness), expected.Average(one => one.Class)), (found.Box, found.Objectness, found.Class));
        Assert.True(found.Box > 0 && found.Objectness > 0 && found.Class > 0);
    }

    [Fact]
    public void A_disposed_session_leaves_no_tensor_behind()
    {
        var live = Tensor.TotalCount;
        using (var session = NewSession(seed: 7))
        {
            Train(session, batches: 2);
            Tensors(session);
        }

        // TorchSharp 0.107 counts a tensor that becomes a Parameter twice and takes one count back; no memory is behind the other.
        Assert.Equal(live + ParameterGroups.Count, Tensor.TotalCount);
    }

    [Fact]
    public void A_cancelled_epoch_ends_after_the_batch_at_hand()
    {
        using var session = NewSession(seed: 7);
        using var source = new CancellationTokenSource();
        var batches = 0;
        foreach (var outcome in session.TrainEpoch(source.Token))
        {
            batches++;
            source.Cancel();
        }

        Assert.Equal(1, batches);
        Assert.Equal(1, session.Batch);
        Assert.False(session.IsEpochTrained);
    }

    [Fact]
    public void A_checkpoint_of_another_network_is_refused_with_the_tensor_that_does_not_fit()
    {
        using var session = NewSession(seed: 7);
        var exception = Assert.Throws<TrainingException>(() =>
        {
            using var other = NewSession(Options(seed: 7, Hyper) with { Model = "s" });
            other.Restore(session.CaptureState(), new MemoryStream(Tensors(session)), "last.safetensors");
        });
        Assert.Contains("weights.model.0.conv.weight", exception.Message, StringComparison.Ordinal);
        Assert.StartsWith("last.safetensors", exception.Message, StringComparison.Ordinal);
    }

    public void Dispose() => pictures.Dispose();

    private static HyperParameters Hyper { get; } = new() { LearningRate = 0.02, NominalBatch = 3, RescaleGains = false };

    private static TrainOptions Options(long seed, HyperParameters hyper) => new()
    {
        Data = "",
        Epochs = Epochs,
        BatchSize = 3,
        ImageSize = 64,
        Seed = seed,
        HyperParameters = hyper,
    };

    private TrainingSession NewSession(long seed, HyperParameters? hyper = null) => NewSession(Options(seed, hyper ?? Hyper));

    private TrainingSession NewSession(TrainOptions options, Schedule? schedule = null) => new(options, schedule ?? Schedule, pictures.Open());

    private void AssertResumes(TrainOptions options, int batches, Schedule? schedule = null)
    {
        using var whole = NewSession(options, schedule);
        var expected = Finish(whole);
        using var stopped = NewSession(options, schedule);
        Train(stopped, batches);
        using var resumed = NewSession(options, schedule);
        resumed.Restore(stopped.CaptureState(), new MemoryStream(Tensors(stopped)), "memory");
        Assert.Equal(expected, Finish(resumed));
    }

    private static float[][] Values(YoloModel model) => [.. model.Tensors.Select(tensor => tensor.Value.detach().data<float>().ToArray())];

    private byte[] Finish(long seed, bool multiScale = false)
    {
        using var session = NewSession(Options(seed, Hyper) with { MultiScale = multiScale });
        return Finish(session);
    }

    private static byte[] Finish(TrainingSession session)
    {
        Train(session, int.MaxValue);
        Assert.True(session.IsFinished);
        return Tensors(session);
    }

    private (string State, byte[] Tensors) SaveAfter(int batches)
    {
        using var session = NewSession(seed: 7);
        Train(session, batches);
        return (session.CaptureState(), Tensors(session));
    }

    private static void Train(TrainingSession session, int batches)
    {
        var left = batches;
        while (!session.IsFinished && left > 0)
        {
            using var source = new CancellationTokenSource();
            foreach (var outcome in session.TrainEpoch(source.Token))
            {
                if (--left == 0)
                {
                    source.Cancel();
                }
            }

            if (session.IsEpochTrained && left > 0)
            {
                session.CompleteEpoch(CancellationToken.None);
            }
        }
    }

    private static byte[] Tensors(TrainingSession session)
    {
        using var stream = new MemoryStream();
        session.WriteTensors(stream);
        return stream.ToArray();
    }
}
