using Cawb.Detection.Data;
using static TorchSharp.torch;

namespace TrainSpeed;

/// <summary>Four batches of noise with boxes, made before the measurement.</summary>
internal sealed class ReadyMadeBatches : IBatches
{
    private readonly List<(Tensor Images, LabelRow[] Labels)> batches = [];
    private int next;

    public ReadyMadeBatches(Options options)
    {
        for (var number = 0; number < 4; number++)
        {
            var draw = Draws((ulong)number).GetEnumerator();
            double Draw()
            {
                draw.MoveNext();
                return draw.Current;
            }

            var pixels = new float[options.Batch * 3 * options.Size * options.Size];
            for (var i = 0; i < pixels.Length; i++)
            {
                pixels[i] = (float)Draw();
            }

            var labels = new LabelRow[options.Batch * options.Boxes];
            for (var i = 0; i < labels.Length; i++)
            {
                double width = 0.15 + (0.3 * Draw()), height = 0.15 + (0.3 * Draw());
                labels[i] = new LabelRow(i / options.Boxes, (int)(Draw() * options.Classes), (width / 2) + ((1 - width) * Draw()), (height / 2) + ((1 - height) * Draw()), width, height);
            }

            var images = tensor(pixels, [options.Batch, 3, options.Size, options.Size]);
            batches.Add((options.ChannelsLast ? images.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) : images, labels));
        }
    }

    public (Tensor Images, LabelRow[] Labels) Next() => batches[next++ % batches.Count];

    public void Dispose() => batches.ForEach(batch => batch.Images.Dispose());

    /// <summary>SplitMix64.</summary>
    private static IEnumerable<double> Draws(ulong seed)
    {
        for (var state = seed; ;)
        {
            state = unchecked(state + 0x9E3779B97F4A7C15);
            var z = unchecked((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9);
            z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
            yield return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
        }
    }
}
