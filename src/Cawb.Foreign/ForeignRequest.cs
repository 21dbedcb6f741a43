using System.Text;
using System.Text.Json;

namespace Cawb.Foreign;

/// <summary>What somebody asked for: a function, its arguments, the base rates of the optimizer's groups, and the clock to write the schedule on.</summary>
internal sealed class ForeignRequest
{
    private readonly List<string> obstacles = [];
    private readonly string identity;

    public ForeignRequest(ForeignFunction function, JsonElement arguments, IReadOnlyList<double> baseRates, int? batchesPerEpoch, IReadOnlyDictionary<string, Func<double, double>>? functions = null)
    {
        Name = function.Name;
        Arguments = Arguments.Read(Name, function.Parameters, Unpacked(arguments, function.Container), functions: functions);
        // Schedules that are functions of the step alone take no base rates: one group with base 1, so that a multiplier shows as it is.
        BaseRates = baseRates.Count > 0 ? [.. baseRates] : [1.0];
        HasBaseRates = baseRates.Count > 0;
        if (BaseRates.Any(rate => !double.IsFinite(rate) || rate < 0))
            throw new ForeignScheduleException($"{Name}: base rates must be finite numbers, 0 or above; got {Text.List(BaseRates)}.");
        if (batchesPerEpoch < 1)
            throw new ForeignScheduleException($"{Name}: an epoch has 1 batch or more; got {batchesPerEpoch}.");
        BatchesPerEpoch = batchesPerEpoch;
        identity = $"{Name} {Compact(arguments)}";
    }

    private ForeignRequest(ForeignRequest other, Clock clock)
    {
        (Name, Arguments, BaseRates, HasBaseRates, BatchesPerEpoch, identity) = (other.Name, other.Arguments, other.BaseRates, other.HasBaseRates, other.BatchesPerEpoch, other.identity);
        Clock = clock;
    }

    public string Name { get; }

    public Arguments Arguments { get; }

    public IReadOnlyList<double> BaseRates { get; }

    public bool HasBaseRates { get; }

    /// <summary>Of the run, where it is known.</summary>
    public int? BatchesPerEpoch { get; }

    public Clock Clock { get; } = Clock.OwnSteps;

    /// <summary>Why what was built has no text form, a clause for each formula; empty where it has one.</summary>
    public IReadOnlyList<string> Obstacles => obstacles;

    /// <summary>The same request on another clock.</summary>
    public ForeignRequest On(Clock clock) => new(this, clock);

    /// <summary>The same schedule for every group.</summary>
    public ForeignRecipe Recipe(Schedule schedule) => new(PerGroup(_ => schedule));

    /// <summary>Names a group in the identity of a formula that depends on the base rates as well.</summary>
    public string Part(int group) => $"[{Text.List(BaseRates)}] group {Text.Of(group)}";

    public IReadOnlyList<Schedule> PerGroup(Func<int, Schedule> schedule) => [.. BaseRates.Select((_, group) => schedule(group))];

    /// <summary>The library reads the rates of the optimizer and has no schedule without them.</summary>
    /// <exception cref="ForeignScheduleException">There are none.</exception>
    public void NeedBaseRates()
    {
        if (!HasBaseRates)
            throw new ForeignScheduleException($"{Name}: base rates are missing; the library reads them from the optimizer, so give one per parameter group (--base-lrs 0.1).");
    }

    /// <summary>A formula of the library's steps, where no schedule of ours has its numbers.</summary>
    /// <param name="why">Completes "NAME ...": what it does that ours do not, and what comes nearest.</param>
    /// <param name="value">Of step and base value.</param>
    /// <param name="part">What else it depends on, beside the arguments.</param>
    /// <param name="isRelative">Whether it is the base value times a factor of the step.</param>
    /// <param name="endSteps">From where on the value stays.</param>
    public FormulaSchedule Formula(
        string why, Func<double, double, double> value, string part = "", bool isRelative = false, double endSteps = double.PositiveInfinity)
    {
        obstacles.Add(why);
        return new FormulaSchedule(part.Length > 0 ? $"{identity} {part}" : identity, value, isRelative, endSteps);
    }

    /// <summary>A factor as an expression of the step <c>x</c>: for ever where the run is not known, else our formula over the run.</summary>
    /// <param name="text">In Python's syntax.</param>
    /// <param name="part">What else it depends on.</param>
    /// <param name="clock">The clock; the request's own unless it is that of a part.</param>
    public Schedule Expression(string text, string part = "", Clock? clock = null)
    {
        var time = clock ?? Clock;
        if (time.RunSteps <= 0)
            return new ConstantSchedule();
        if (time.KnowsTheRun)
        {
            // A moment is a rounded quotient: the step that it belongs to is the whole number next to the product.
            var step = time.StepsPerEpoch > 1 ? $"floor(x * {time.StepsPerEpoch} + 1e-6)" : time.Stretch == 1 ? "x" : $"(x / {Text.Of(time.Stretch)})";
            try
            {
                return new CawbSchedule(time.At(time.RunSteps), [], Annealing.Expression(EpochFunction.WithVariable(text, step)), annealingUpdate: AnnealingUpdate.PerBatch);
            }
            catch (ArgumentException)
            {
                // Below 0 or not finite somewhere in the run: then it is no annealing of ours.
            }
        }
        var compiled = Expressions.AnnealingExpression.Parse(text);
        return Formula(
            time.KnowsTheRun ? "has factors below 0 in this run, which no schedule of ours has; nearest is the same formula in a clamp schedule" : "goes on for ever by a formula of its own, which ours have for a run of known length",
            (step, value) => compiled.Evaluate(step, 0) is var factor && double.IsFinite(factor) ? value * factor : 0,
            $"{part}{text}",
            isRelative: true);
    }

    private static JsonElement Unpacked(JsonElement arguments, string container)
    {
        if (container.Length == 0 || arguments.ValueKind != JsonValueKind.Object || !arguments.TryGetProperty(container, out var inner) || inner.ValueKind != JsonValueKind.Object)
            return arguments;
        return Json(writer =>
        {
            writer.WriteStartObject();
            foreach (var member in inner.EnumerateObject().Concat(arguments.EnumerateObject().Where(member => member.Name != container)))
                member.WriteTo(writer);
            writer.WriteEndObject();
        });
    }

    private static JsonElement Json(Action<Utf8JsonWriter> write)
    {
        using var document = JsonDocument.Parse(Bytes(write));
        return document.RootElement.Clone();
    }

    private static string Compact(JsonElement element) => Encoding.UTF8.GetString(Bytes(element.WriteTo));

    private static byte[] Bytes(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            write(writer);
        return stream.ToArray();
    }
}
