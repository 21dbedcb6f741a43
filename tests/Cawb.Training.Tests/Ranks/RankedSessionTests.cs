using System.Text.Json.Nodes;
using Cawb.Detection.Tests.Data;
using Cawb.Training.Loop;
using Cawb.Training.Options;
using Cawb.Training.Ranks;
using static TorchSharp.torch;

namespace Cawb.Training.Tests.Ranks;

/// <summary>Sessions that are ranks of one training, each a thread of this process.</summary>
public sealed class RankedSessionTests : IDisposable
{
    private const int Epochs = 2;

    private static readonly CawbSchedule Schedule = new(Epochs, [1], Annealing.CosineTo(0.2), stepScale: 0.7, epochScale: 4, warmupEpochs: 0);

    // Seven images in batches of three: the last has one, so some of three ranks have none.
    private readonly PaintedDataset pictures = PaintedDataset.CreateSeven();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void All_ranks_end_with_the_same_bits(bool syncBn)
    {
        var ends = new byte[3][];
        ThreadRanks.Run(3, ranks => ends[ranks.Rank] = Finish(ranks, Options with { SyncBn = syncBn }));
        Assert.All(ends, end => Assert.Equal(ends[0], end));
    }

    [Fact]
    public void With_shared_normalisations_several_ranks_do_what_one_process_does()
    {
        // The first step. Rounding grows quickly on so few images: after the second, one process differs more from itself with another number of threads. RankedStepTests has several, in double precision.
        var (one, three) = (Weights(OneRank.Only), Array.Empty<float>());
        ThreadRanks.Run(3, ranks =>
        {
            var weights = Weights(ranks);
            three = ranks.Rank == 0 ? weights : three;
        });
        var largest = one.Max(Math.Abs);
        Assert.All(one.Zip(three), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= 1e-5 * largest, $"{pair.Second} is not {pair.First}; the largest is {largest}."));

        float[] Weights(IRanks ranks)
        {
            using var session = NewSession(ranks, Options with { SyncBn = true, MultiScale = true });
            Train(session, batches: 1);
            return [.. session.AveragedModel.Tensors.SelectMany(tensor => tensor.Value.contiguous().data<float>().ToArray())];
        }
    }

    [Theory]
    [InlineData(2, TrainOptions.Sgd)]
    [InlineData(4, TrainOptions.AdamW)]
    public void A_run_that_stops_with_gathered_gradients_goes_on_to_the_same_bits(int batches, string optimizer)
    {
        // Three batches make a step: a stop after the second or the fourth leaves gradients that every rank has for itself.
        var options = Options with { Optimizer = optimizer, HyperParameters = Options.HyperParameters with { NominalBatch = 9 } };
        byte[] expected = [], resumed = [];
        ThreadRanks.Run(2, ranks => Keep(ranks, ref expected, Finish(ranks, options)));
        var (state, tensors) = Stopped(2, options, batches);
        ThreadRanks.Run(2, ranks => Keep(ranks, ref resumed, Finish(ranks, options, state, tensors)));
        Assert.Equal(expected, resumed);
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(1, 2)]
    public void A_run_goes_on_with_another_number_of_ranks_and_loses_no_gathered_gradient(int before, int after)
    {
        var options = Options with { SyncBn = true, HyperParameters = Options.HyperParameters with { NominalBatch = 9 } };
        var expected = Step(OneRank.Only, before: null);
        var stopped = Stopped(before, options, batches: 2);
        var found = new float[after][];
        ThreadRanks.Run(after, ranks => found[ranks.Rank] = Step(ranks, stopped));
        var largest = expected.Max(Math.Abs);
        Assert.All(expected.Zip(found[0]), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= 1e-5 * largest, $"{pair.Second} is not {pair.First}; the largest is {largest}."));

        // The weights after the first step, which ends with the third batch.
        float[] Step(IRanks ranks, (string State, byte[] Tensors)? before)
        {
            using var session = NewSession(ranks, options);
            if (before is { } position && ranks.Rank == 0)
            {
                session.Restore(position.State, new MemoryStream(position.Tensors), "memory");
            }

            session.SharePosition();
            Train(session, batches: before is null ? 3 : 1);
            return [.. session.AveragedModel.Tensors.SelectMany(tensor => tensor.Value.contiguous().data<float>().ToArray())];
        }
    }

    [Fact]
    public void A_wish_to_stop_that_reaches_one_rank_ends_all_after_the_same_batch()
    {
        var batches = new int[3];
        ThreadRanks.Run(3, ranks =>
        {
            using var session = NewSession(ranks, Options);
            using var source = new CancellationTokenSource();
            foreach (var outcome in session.TrainEpoch(source.Token))
            {
                if (ranks.Rank == 2 && outcome.Batch == 1)
                {
                    source.Cancel();
                }
            }

            batches[ranks.Rank] = session.Batch;
        });
        Assert.Equal([2, 2, 2], batches);
    }

    [Fact]
    public void A_wish_to_stop_that_reaches_one_rank_during_the_validation_leaves_the_epoch_open_on_all()
    {
        var epochs = new int[2];
        ThreadRanks.Run(2, ranks =>
        {
            using var session = NewSession(ranks, Options);
            Train(session, batches: (int)session.Plan.BatchesPerEpoch);
            if (ranks.Rank == 0)
            {
                Assert.Throws<OperationCanceledException>(() => session.CompleteEpoch(CancellationToken.None));
            }
            else
            {
                Assert.False(session.FollowEpoch(new CancellationToken(canceled: true)));
            }

            epochs[ranks.Rank] = session.IsEpochTrained ? session.Epoch : -1;
        });
        Assert.Equal([0, 0], epochs);
    }

    [Fact]
    public void What_rank_0_finds_in_its_validation_ends_the_training_on_all_ranks()
    {
        var ends = new (int Epoch, bool IsEarly, double Best)[2];
        var options = Options with { Epochs = 9, Patience = 1 };
        ThreadRanks.Run(2, ranks =>
        {
            // An epoch that was better than any to come, by the state that the training starts from.
            using var session = NewSession(ranks, options);
            if (ranks.Rank == 0)
            {
                var state = JsonNode.Parse(session.CaptureState()) ?? throw new InvalidOperationException();
                (state["epoch"], state["bestFitness"], state["bestFitnessEpoch"]) = (1, 2, 0);
                session.Restore(state.ToJsonString(), new MemoryStream(Tensors(session)), "memory");
            }

            session.SharePosition();
            Train(session, int.MaxValue, ranks);
            ends[ranks.Rank] = (session.Epoch, session.IsStoppedEarly, session.BestAveragePrecision);
        });
        Assert.Equal(ends[0], ends[1]);
        Assert.Equal((2, true), (ends[1].Epoch, ends[1].IsEarly));
        Assert.True(ends[1].Best >= 0);
    }

    [Fact]
    public void More_ranks_than_pictures_in_a_batch_are_refused() =>
        ThreadRanks.Run(4, ranks => Assert.StartsWith(
            "--batch-size is 3, and there are 4 ranks to share it.", Assert.Throws<InputException>(() => NewSession(ranks, Options)).Message, StringComparison.Ordinal));

    [Fact]
    public void A_disposed_session_of_a_rank_leaves_no_tensor_behind()
    {
        var options = Options with { HyperParameters = Options.HyperParameters with { NominalBatch = 9 } };
        Stopped(2, options, batches: 1);
        var live = Tensor.TotalCount;
        var (state, tensors) = Stopped(2, options, batches: 1);
        ThreadRanks.Run(2, ranks => Finish(ranks, options, state, tensors));

        // As in TrainingSessionTests: what becomes a Parameter is counted twice, until it is collected. Four sessions were disposed.
        Assert.InRange(Tensor.TotalCount, 0, live + (4 * ParameterGroups.Count));
    }

    public void Dispose() => pictures.Dispose();

    private TrainOptions Options => new()
    {
        Data = pictures.Folder,
        Epochs = Epochs,
        BatchSize = 3,
        ImageSize = 64,
        Seed = 7,
        Threads = 1,
        HyperParameters = new HyperParameters { LearningRate = 0.002, NominalBatch = 3, RescaleGains = false },
    };

    private TrainingSession NewSession(IRanks ranks, TrainOptions options) => new(options, Schedule, pictures.Open(), ranks);

    private static void Keep(IRanks ranks, ref byte[] kept, byte[] end)
    {
        if (ranks.Rank == 0)
        {
            kept = end;
        }
    }

    private (string State, byte[] Tensors) Stopped(int count, TrainOptions options, int batches)
    {
        (string State, byte[] Tensors) position = default;
        if (count == 1)
        {
            Stop(OneRank.Only);
        }
        else
        {
            ThreadRanks.Run(count, Stop);
        }

        return position;

        void Stop(IRanks ranks)
        {
            using var session = NewSession(ranks, options);
            Train(session, batches, ranks);
            session.GatherGradients();
            if (ranks.Rank == 0)
            {
                position = (session.CaptureState(), Tensors(session));
            }
        }
    }

    private byte[] Finish(IRanks ranks, TrainOptions options, string? state = null, byte[]? tensors = null)
    {
        using var session = NewSession(ranks, options);
        if (state is not null && ranks.Rank == 0)
        {
            session.Restore(state, new MemoryStream(tensors ?? []), "memory");
        }

        session.SharePosition();
        Train(session, int.MaxValue, ranks);
        Assert.True(session.IsFinished);
        return Tensors(session);
    }

    private static void Train(TrainingSession session, int batches, IRanks? ranks = null)
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

            if (session.IsEpochTrained && left > 0 && ranks is not null)
            {
                Close(session, ranks);
            }
        }
    }

    private static void Close(TrainingSession session, IRanks ranks)
    {
        if (ranks.Rank == 0)
        {
            session.CompleteEpoch(CancellationToken.None);
        }
        else
        {
            Assert.True(session.FollowEpoch(CancellationToken.None));
        }
    }

    private static byte[] Tensors(TrainingSession session)
    {
        using var stream = new MemoryStream();
        session.WriteTensors(stream);
        return stream.ToArray();
    }
}
