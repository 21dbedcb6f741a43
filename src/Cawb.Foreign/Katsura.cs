namespace Cawb.Foreign;

/// <summary>katsura-jp's <c>cosine_annealing_warmup</c>: cycles of a ramp from <c>min_lr</c> and half a cosine back to it; every group gets the same absolute rates.</summary>
internal static class Katsura
{
    public static IEnumerable<ForeignFunction> Rows =>
    [
        new("katsura.CosineAnnealingWarmupRestarts",
            new Signature($"first_cycle_steps, cycle_mult=1.0, max_lr=0.1, min_lr=0.001, warmup_steps=0, gamma=1.0, last_epoch=-1, {Torch.Situation}"),
            ForeignTimeUnit.Step,
            "The first rate is min_lr even without a warm-up; it restarts at the boundary step itself, so min_lr is not trained with later, and goes on for ever with cycle lengths truncated to whole steps.",
            Build),
    ];

    private static ForeignRecipe Build(ForeignRequest request)
    {
        request.NeedBaseRates();
        var cycles = Cycles.Read(request.Arguments);
        ForeignScheduler Start() => new Walk(request, cycles);
        var recipe = new ForeignRecipe(request.PerGroup(_ => cycles.FirstStep > 0 ? Formula(request, cycles) : Ours(request, cycles))) { Start = Start };
        return ForeignCall.Followed(request, recipe, ForeignCall.Listed(request.Arguments, "step_args", ForeignCallKind.StepTo));
    }

    private static Schedule Ours(ForeignRequest request, Cycles cycles)
    {
        var clock = request.Clock;
        if (!clock.KnowsTheRun && cycles is { Multiplier: 1, Decay: 1, RampSteps: > 0 })
            return new RepeatSchedule(Cycle(clock, 0, cycles.First), clock.At(cycles.First));
        return clock.KnowsTheRun && cycles.Starts(clock.RunSteps) is { } starts
            ? Shapes.InRow(clock, [.. starts.Skip(1).Select(start => start.Step)], (i, part) => Cycle(part, i, starts[i].Length))
            : Formula(request, cycles);

        Schedule Cycle(Clock part, int index, double length)
        {
            var (peak, floor) = (Level.Absolute(cycles.PeakOf(index)), Level.Absolute(cycles.Floor));
            var curve = new CosineSchedule(part.At(length - cycles.RampSteps), peak, floor);
            if (cycles.RampSteps > 0)
                return new WarmupSchedule(curve, part.At(cycles.RampSteps), floor);
            // Without a ramp the constructor still leaves the lowest rate.
            return index > 0 ? curve : new SequenceSchedule([new ConstantSchedule(floor), new ShiftSchedule(curve, -part.At(1))], [part.At(1)]);
        }
    }

    private static FormulaSchedule Formula(ForeignRequest request, Cycles cycles) => request.Formula(
        request.Clock.KnowsTheRun
            ? "has more than a thousand cycles in this run, or continues another; nearest is our cosineRestarts schedule with warmupEpochs"
            : "goes on for ever with cycles that ours have for a run of known length",
        (step, _) => step == 0 ? cycles.Floor : cycles.At(step + cycles.FirstStep));

    private sealed record Cycles(int First, double Multiplier, double FirstPeak, double Floor, int RampSteps, double Decay, int FirstStep)
    {
        public static Cycles Read(Arguments arguments)
        {
            var (first, ramp) = (arguments.Integer("first_cycle_steps", atLeast: 1), arguments.Integer("warmup_steps", atLeast: 0));
            return ramp < first
                ? new Cycles(
                    first,
                    arguments.Number("cycle_mult", value => value > 0, "above 0"),
                    arguments.Number("max_lr"),
                    arguments.Number("min_lr"),
                    ramp,
                    arguments.Number("gamma"),
                    arguments.Integer("last_epoch", atLeast: -1) + 1)
                : throw arguments.Fault("warmup_steps", $"must be below first_cycle_steps, {first}; got {ramp}");
        }

        public double PeakOf(double cycle) => FirstPeak * Math.Pow(Decay, cycle);

        public double Next(double length) => Math.Truncate((length - RampSteps) * Multiplier) + RampSteps;

        public double Rate(double position, double length, double peak) => position < RampSteps
            ? (peak - Floor) * position / RampSteps + Floor
            : Floor + (peak - Floor) * (1 + Math.Cos(Math.PI * (position - RampSteps) / (length - RampSteps))) / 2;

        public double At(double step)
        {
            var (cycle, position, length) = (0, step, (double)First);
            for (; position >= length && length > 0; cycle++)
                (position, length) = (position - length, Next(length));
            // Where a cycle has no length left, the library raises.
            return length > 0 ? Rate(position, length, PeakOf(cycle)) : Floor;
        }

        /// <summary>Where the cycles of a run start and how long they are; none where they shrink to nothing or are too many.</summary>
        public List<(double Step, double Length)>? Starts(double runSteps)
        {
            var starts = new List<(double, double)>();
            for (var (step, length) = (0.0, (double)First); step < runSteps; step += length, length = Next(length))
            {
                if (length <= RampSteps || starts.Count == Clock.MostBoundaries)
                    return null;
                starts.Add((step, length));
            }
            return starts;
        }
    }

    /// <summary>
    /// The library's own recursion: <c>step(epoch)</c> counts cycles in another way than <c>step()</c> does, and the plain steps after it go on from what it left,
    /// so that the rate is no function of the position.
    /// </summary>
    private sealed class Walk : ForeignScheduler
    {
        private readonly Cycles cycles;
        private double length;
        private double position;
        private double cycle;

        public Walk(ForeignRequest request, Cycles cycles)
            : base(request.Name, request.BaseRates.Select(_ => cycles.Floor))
        {
            (this.cycles, length, position) = (cycles, cycles.First, cycles.FirstStep - 1);
            Advance();
            // The constructor ends by putting every group on the floor, whatever the first step computed.
            Array.Fill(Rates, cycles.Floor);
        }

        private protected override void Advance()
        {
            position++;
            if (position >= length)
            {
                cycle++;
                position -= length;
                length = cycles.Next(length);
            }
            Set();
        }

        private protected override void AdvanceTo(double position)
        {
            // Within the first cycle the count of cycles, and with it the peak, stays what it was.
            if (position < cycles.First)
                (this.position, length) = (position, cycles.First);
            else
                Locate(position);
            Set();
        }

        private void Locate(double epoch)
        {
            if (cycles.Multiplier == 1)
            {
                (cycle, position, length) = (Math.Floor(epoch / cycles.First), epoch % cycles.First, cycles.First);
                return;
            }
            // Here cycles grow by the multiplier alone, while step() leaves the ramp out of it: the two disagree.
            cycle = Math.Truncate(Math.Log(epoch / cycles.First * (cycles.Multiplier - 1) + 1) / Math.Log(cycles.Multiplier));
            var growth = Math.Pow(cycles.Multiplier, cycle);
            position = epoch - Math.Truncate(cycles.First * (growth - 1) / (cycles.Multiplier - 1));
            length = cycles.First * growth;
        }

        private void Set() => Array.Fill(Rates, position < cycles.RampSteps || length != cycles.RampSteps
            ? cycles.Rate(position, length, cycles.PeakOf(cycle))
            : throw Raised("a cycle has shrunk to its ramp, and the library divides by what is left of it."));
    }
}
