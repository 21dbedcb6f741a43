using Cawb.Web.Designer.Address;

namespace Cawb.Web.Tests.Designer;

/// <summary>States of the designer, and queries of any kind, drawn from a seed.</summary>
internal sealed class StateDraws(int seed)
{
    private static readonly string[] Texts =
    [
        """{"type":"cosine","durationEpochs":150}""", """torch.StepLR{"step_size": 30}""", "", "{", "ä & = ? # % + \" < > \\ \n\t\0", "\U0001F600 {}", "{\"type\":\"cawb\"", new('x', 3000),
    ];

    private readonly Random random = new(seed);

    public DesignerState State()
    {
        var (epochs, count) = (random.Next(1, 400), random.Next(1, DesignerState.MostSchedules + 1));
        double from = random.NextDouble() * epochs, to = from + (random.NextDouble() * (epochs - from));
        return new DesignerState
        {
            Schedules = [.. Enumerable.Range(0, count).Select(_ => new DesignedSchedule(Texts[random.Next(Texts.Length)], Name(), Coin()))],
            Epochs = epochs,
            Batches = random.Next(1, 1000),
            BaseRates = [.. Enumerable.Range(0, random.Next(1, DesignerState.MostRates + 1)).Select(_ => Math.Pow(10, (random.NextDouble() * 8) - 6))],
            IsPerEpoch = Coin(),
            IsLogarithmic = Coin(),
            Trained = Any<Trained>(),
            ShowsMomentum = Coin(),
            ShowsWeightDecay = Coin(),
            Zoom = Coin() && to > from ? (from, to) : null,
            Selected = random.Next(count),
            Node = Coin() ? "parts/1/schedule" : "",
            Moment = Coin() ? random.NextDouble() * epochs : null,
            WhatIf = Coin() ? new WhatIf(Any<ChangeKind>(), random.Next(100), random.NextDouble() * 10) : null,
            Run = Coin() ? "train/exp 2/ä&=#" : "",
            Panel = Any<Panel>(),
            CopyAs = Any<CopyAs>(),
        };
    }

    /// <summary>A query that a state gives, damaged in a few places.</summary>
    public string Damaged()
    {
        var letters = DesignerAddress.Print(State()).ToCharArray().ToList();
        for (var i = random.Next(1, 12); i > 0 && letters.Count > 0; i--)
        {
            var place = random.Next(letters.Count);
            if (Coin())
            {
                letters.RemoveAt(place);
            }
            else
            {
                letters[place] = (char)random.Next(Coin() ? 128 : char.MaxValue);
            }
        }

        return new([.. letters]);
    }

    private bool Coin() => random.Next(2) == 0;

    private T Any<T>() where T : struct, Enum => Enum.GetValues<T>()[random.Next(Enum.GetValues<T>().Length)];

    private string Name() => new([.. Enumerable.Range(0, random.Next(0, 80)).Select(_ => (char)random.Next(Coin() ? 128 : char.MaxValue))]);
}
