namespace Cawb.Detection.Data;

/// <summary>Whether nine anchors suit the labels of a data set, and better ones where they do not.</summary>
/// <remarks>
/// For a label of w x h pixels and an anchor, x is the least of w/aw, aw/w, h/ah, ah/h; the best possible recall is the share of labels whose best x is above 1 / anchor_t. At
/// 0.98 or less, nine centres are sought by k-means (30 rounds) on sizes of 2 pixels and more, divided by their standard deviations, and improved by 1,000 mutations (each side
/// with probability 0.9 times a normal factor of spread 0.1, clipped to 0.3 to 3) on the fitness mean(x [x &gt; 1/anchor_t]) over the labels. They replace the given ones only if the recall
/// rises. As in YOLOv5's automatic anchors; the draws are ours, so the search gives other numbers than YOLOv5's, and always the same ones for a seed.
/// </remarks>
public sealed record AnchorFit
{
    private const int Count = 9;
    private const int Rounds = 30;
    private const double MutationProbability = 0.9;
    private const double MutationSpread = 0.1;
    private const double MinSidePixels = 2;

    /// <summary>Mutations of one search: 1,000.</summary>
    public const int Generations = 1000;

    /// <summary>Anchors with a best possible recall above this suit a data set: 0.98.</summary>
    public const double EnoughRecall = 0.98;

    private AnchorFit(double givenRecall, double recall, IReadOnlyList<(double Width, double Height)> anchors, bool isReplaced)
    {
        GivenRecall = givenRecall;
        Recall = recall;
        Anchors = anchors;
        IsReplaced = isReplaced;
    }

    /// <summary>Best possible recall with the anchors that were given, 0 to 1.</summary>
    public double GivenRecall { get; }

    /// <summary>Best possible recall with <see cref="Anchors"/>, 0 to 1.</summary>
    public double Recall { get; }

    /// <summary>Nine sizes in pixels of the training size, by ascending area: three for each level, finest first.</summary>
    public IReadOnlyList<(double Width, double Height)> Anchors { get; }

    /// <summary>Whether they are others than those given.</summary>
    public bool IsReplaced { get; }

    /// <summary>Holds anchors against the labels of a data set and seeks better ones where needed.</summary>
    /// <param name="dataset">Has one label at least.</param>
    /// <param name="anchors">Nine sizes in pixels of the training size.</param>
    /// <param name="imageSize">The training size: pixels of the long side.</param>
    /// <param name="maxRatio">anchor_t, above 1: the ratio of sides at which a label no longer matches; 4 in YOLOv5.</param>
    /// <param name="seed">Any.</param>
    /// <param name="progress">Is told of each mutation, if any are needed, how many of <see cref="Generations"/> are done.</param>
    /// <param name="cancellation">Ends the search between two mutations.</param>
    /// <exception cref="ArgumentException">Not nine anchors, or no label.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static AnchorFit Of(
        DetectionDataset dataset,
        IReadOnlyList<(double Width, double Height)> anchors,
        int imageSize,
        double maxRatio,
        ulong seed,
        IProgress<int>? progress = null,
        CancellationToken cancellation = default)
    {
        if (anchors.Count != Count || anchors.Any(anchor => !(anchor.Width > 0 && anchor.Height > 0)))
        {
            throw new ArgumentException($"Must be {Count} sizes above 0; got {anchors.Count}.", nameof(anchors));
        }

        if (!(maxRatio > 1))
        {
            throw new ArgumentOutOfRangeException(nameof(maxRatio), maxRatio, "Must be above 1.");
        }

        var draws = new DrawSequence(Draws.For(seed, DrawPurpose.Anchors, 0, 0));
        var sizes = Sizes(dataset, imageSize, ref draws);
        if (sizes.Length == 0)
        {
            throw new ArgumentException("Has no labels; one is needed at least.", nameof(dataset));
        }

        var threshold = 1 / maxRatio;
        var given = RecallOf(sizes, anchors, threshold);
        var usable = sizes.Where(size => size.Width >= MinSidePixels && size.Height >= MinSidePixels).ToArray();
        if (given > EnoughRecall || usable.Length < Count)
        {
            return new AnchorFit(given, given, [.. anchors], isReplaced: false);
        }

        var sought = Mutated(usable, Centres(usable, ref draws), threshold, ref draws, progress, cancellation);
        Array.Sort(sought, (a, b) => (a.Width * a.Height).CompareTo(b.Width * b.Height));
        var recall = RecallOf(sizes, sought, threshold);
        return recall > given
            ? new AnchorFit(given, recall, Array.AsReadOnly(sought), isReplaced: true)
            : new AnchorFit(given, given, [.. anchors], isReplaced: false);
    }

    /// <summary>Best possible recall of anchors, 0 to 1, without looking for better ones; 1 for a data set without labels.</summary>
    /// <param name="dataset">Labels or none.</param>
    /// <param name="anchors">Sizes in pixels of the training size.</param>
    /// <param name="imageSize">The training size: pixels of the long side.</param>
    /// <param name="maxRatio">anchor_t, above 1: the ratio of sides at which a label no longer matches; 4 in YOLOv5.</param>
    /// <param name="seed">Any.</param>
    public static double RecallOf(DetectionDataset dataset, IReadOnlyList<(double Width, double Height)> anchors, int imageSize, double maxRatio, ulong seed)
    {
        var draws = new DrawSequence(Draws.For(seed, DrawPurpose.Anchors, 0, 0));
        var sizes = Sizes(dataset, imageSize, ref draws);
        return sizes.Length == 0 ? 1 : RecallOf(sizes, anchors, 1 / maxRatio);
    }

    // Each image at a random 0.9 to 1.1 of its size, so that a recall does not hang on labels that lie just at the limit.
    private static (double Width, double Height)[] Sizes(DetectionDataset dataset, int imageSize, ref DrawSequence draws)
    {
        var sizes = new List<(double, double)>();
        foreach (var image in dataset.Images)
        {
            var ratio = imageSize / (double)Math.Max(image.Width, image.Height) * draws.Between(0.9, 1.1);
            foreach (var box in image.Boxes)
            {
                sizes.Add((box.Width * image.Width * ratio, box.Height * image.Height * ratio));
            }
        }

        return [.. sizes];
    }

    private static double BestMatch((double Width, double Height) size, IReadOnlyList<(double Width, double Height)> anchors)
    {
        var best = 0.0;
        for (var i = 0; i < anchors.Count; i++)
        {
            var (across, down) = (size.Width / anchors[i].Width, size.Height / anchors[i].Height);
            best = Math.Max(best, Math.Min(Math.Min(across, 1 / across), Math.Min(down, 1 / down)));
        }

        return best;
    }

    private static double RecallOf((double Width, double Height)[] sizes, IReadOnlyList<(double Width, double Height)> anchors, double threshold) =>
        sizes.Count(size => BestMatch(size, anchors) > threshold) / (double)sizes.Length;

    private static double Fitness((double Width, double Height)[] sizes, (double Width, double Height)[] anchors, double threshold)
    {
        var sum = 0.0;
        foreach (var size in sizes)
        {
            var best = BestMatch(size, anchors);
            sum += best > threshold ? best : 0;
        }

        return sum / sizes.Length;
    }

    private static (double Width, double Height)[] Centres((double Width, double Height)[] sizes, ref DrawSequence draws)
    {
        var (spreadX, spreadY) = (Spread(sizes.Select(size => size.Width)), Spread(sizes.Select(size => size.Height)));
        var centres = new (double Width, double Height)[Count];
        for (var i = 0; i < Count; i++)
        {
            centres[i] = sizes[draws.Below(sizes.Length)];
        }

        for (var round = 0; round < Rounds; round++)
        {
            var sums = new (double Width, double Height, int Members)[Count];
            foreach (var size in sizes)
            {
                var nearest = 0;
                var least = double.MaxValue;
                for (var i = 0; i < Count; i++)
                {
                    var (dx, dy) = ((size.Width - centres[i].Width) / spreadX, (size.Height - centres[i].Height) / spreadY);
                    if (dx * dx + dy * dy < least)
                    {
                        (nearest, least) = (i, dx * dx + dy * dy);
                    }
                }

                sums[nearest] = (sums[nearest].Width + size.Width, sums[nearest].Height + size.Height, sums[nearest].Members + 1);
            }

            for (var i = 0; i < Count; i++)
            {
                // A centre that nobody is nearest to begins again at a label of its own.
                centres[i] = sums[i].Members > 0 ? (sums[i].Width / sums[i].Members, sums[i].Height / sums[i].Members) : sizes[draws.Below(sizes.Length)];
            }
        }

        return centres;
    }

    private static (double Width, double Height)[] Mutated(
        (double Width, double Height)[] sizes,
        (double Width, double Height)[] anchors,
        double threshold,
        ref DrawSequence draws,
        IProgress<int>? progress,
        CancellationToken cancellation)
    {
        var best = Fitness(sizes, anchors, threshold);
        for (var generation = 0; generation < Generations; generation++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(generation);
            var changed = new (double Width, double Height)[Count];
            for (var i = 0; i < Count; i++)
            {
                changed[i] = (
                    Math.Max(MinSidePixels, anchors[i].Width * Factor(ref draws)),
                    Math.Max(MinSidePixels, anchors[i].Height * Factor(ref draws)));
            }

            var fitness = Fitness(sizes, changed, threshold);
            if (fitness > best)
            {
                (best, anchors) = (fitness, changed);
            }
        }

        return anchors;
    }

    private static double Factor(ref DrawSequence draws)
    {
        var (chance, radius, angle) = (draws.Unit(), draws.Unit(), draws.Unit());

        // Box and Muller; 1 - u is never 0.
        var normal = Math.Sqrt(-2 * Math.Log(1 - radius)) * Math.Cos(2 * Math.PI * angle);
        return chance < MutationProbability ? Math.Clamp(1 + MutationSpread * normal, 0.3, 3) : 1;
    }

    private static double Spread(IEnumerable<double> values)
    {
        var all = values.ToArray();
        var mean = all.Average();
        var spread = Math.Sqrt(all.Average(value => (value - mean) * (value - mean)));
        return spread > 0 ? spread : 1;
    }
}
