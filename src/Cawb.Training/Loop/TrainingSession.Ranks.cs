using Cawb.Coco;
using Cawb.Detection.Evaluation;
using Cawb.Detection.Inference;
using Cawb.Training.Ranks;
using static TorchSharp.torch;

namespace Cawb.Training.Loop;

public sealed partial class TrainingSession
{
    // What rank 0 says of its validation, before every batch and at its end.
    private const double GoesOn = 0;
    private const double IsDone = 1;
    private const double IsStopped = 2;

    // Of ranks 1, 2 ...; by group. On rank 0, while a checkpoint is written or read.
    private readonly List<Tensor[]> gradientsOfOthers = [];

    /// <summary>Brings all ranks to the position of rank 0: every weight, average, momentum and number, and to each the gradients that it had gathered.</summary>
    public void SharePosition()
    {
        if (ranks.Size == 1)
        {
            return;
        }

        const string What = "the position of rank 0";
        var state = ranks.OfFirst(ranks.Rank == 0 ? CaptureState() : "", What);
        var tensors = ranks.OfFirst(ranks.Rank == 0 ? Tensors() : [], What);
        if (ranks.Rank > 0)
        {
            Restore(state, new MemoryStream(tensors), What);
        }

        ForgetOthers();

        byte[] Tensors()
        {
            using var stream = new MemoryStream();
            WriteTensors(stream);
            return stream.ToArray();
        }
    }

    /// <summary>Gives rank 0 the gradients that the others have gathered, for the checkpoint that it is about to write. Nothing happens where none are, or on a single rank.</summary>
    public void GatherGradients()
    {
        ForgetOthers();
        if (!step.IsGathering)
        {
            return;
        }

        using var scope = NewDisposeScope();
        for (var rank = 1; rank < ranks.Size; rank++)
        {
            var parts = groups.Gradients.Select(gradient => rank == ranks.Rank ? gradient : zeros_like(gradient)).ToArray();
            foreach (var part in parts)
            {
                ranks.Broadcast(part, rank, "the gradients for a checkpoint");
            }

            if (ranks.Rank == 0)
            {
                gradientsOfOthers.Add([.. parts.Select(part => part.DetachFromDisposeScope())]);
            }
        }
    }

    /// <summary>Closes the epoch with what rank 0 found in its validation: what <see cref="CompleteEpoch"/> is there, this is on the other ranks.</summary>
    /// <param name="cancellation">This rank's wish to stop.</param>
    /// <returns>False when the validation was stopped, on this rank's wish or another's; the epoch stays open then.</returns>
    public bool FollowEpoch(CancellationToken cancellation)
    {
        Span<double> news = stackalloc double[4];
        do
        {
            news.Clear();
            news[1] = cancellation.IsCancellationRequested ? 1 : 0;
            ranks.Sum(news, ValidationPlace);
        }
        while (news[0] == GoesOn);
        if (news[0] == IsStopped)
        {
            return false;
        }

        CloseEpoch(news[2], news[3]);
        return true;
    }

    private string ValidationPlace => FormattableString.Invariant($"the validation of epoch {Epoch + 1}");

    private void SetPlace()
    {
        if (ranks.Size > 1)
        {
            exchange.Place = FormattableString.Invariant($"epoch {Epoch + 1}, batch {Batch + 1}");
        }
    }

    private (ValidationOutcome Outcome, LossTerms Terms) Validate(CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            var observer = new ValidationLoss(validationLoss, Watcher, () => Tell(GoesOn, default, stop));
            var outcome = Validation.RunFully(new Detector(average.Model, SuppressionOptions.Validation), validationLoader, data.Validation, observer, stop.Token);
            Tell(IsDone, outcome.Coco, stop);
            return (outcome, observer.Mean);
        }
        catch (OperationCanceledException)
        {
            Tell(IsStopped, default, stop);
            throw;
        }
    }

    // Keeps the other ranks from taking a long validation for one that hangs, and hears of their wish to stop.
    private void Tell(double news, CocoEvaluation? found, CancellationTokenSource stop)
    {
        if (ranks.Size == 1)
        {
            return;
        }

        Span<double> values = [news, stop.IsCancellationRequested ? 1 : 0, found?.AveragePrecision ?? 0, found is null ? 0 : Fitness.Of(found.AveragePrecision50, found.AveragePrecision)];
        ranks.Sum(values, ValidationPlace);
        if (values[1] > 0)
        {
            stop.Cancel();
        }
    }

    private void ForgetOthers()
    {
        gradientsOfOthers.ForEach(parts => Array.ForEach(parts, part => part.Dispose()));
        gradientsOfOthers.Clear();
    }
}
