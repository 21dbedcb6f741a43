using System.Collections.Frozen;
using System.Text.Json;

namespace Cawb.Foreign;

/// <summary>The schedules of other libraries by their own names and arguments.</summary>
public static class ForeignSchedules
{
    private static readonly FrozenDictionary<string, ForeignFunction> Functions = All().ToFrozenDictionary(function => function.Name, StringComparer.Ordinal);

    /// <summary>Every known name, <c>library.function</c>, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Functions.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The schedule that a library's function makes from these arguments.</summary>
    /// <param name="name">Library and function, such as <c>torch.CosineAnnealingWarmRestarts</c>.</param>
    /// <param name="arguments">A JSON object with the function's own argument names; absent means the function's default.</param>
    /// <param name="baseRates">The learning rate of each parameter group before the scheduler is made. None is allowed where the library's schedule
    /// is a function of the step alone; a multiplier is then shown as it is.</param>
    /// <param name="batchesPerEpoch">Of the run, where it is known: for mmengine's lists that count epochs and iterations, and Composer's epochs.</param>
    /// <param name="functions">Functions of .NET, where an argument that the library takes as a function names one: <c>{"lr_lambda": {"function": "mine"}}</c>. Each depends on its argument alone;
    /// some of its values stand for it where schedules are compared. Null for none.</param>
    /// <exception cref="ForeignScheduleException">Unknown name, unknown or missing argument, or a value that the library does not accept or that would make a rate negative.</exception>
    public static ForeignSchedule Create(
        string name, JsonElement arguments, IReadOnlyList<double> baseRates, int? batchesPerEpoch = null, IReadOnlyDictionary<string, Func<double, double>>? functions = null)
    {
        ArgumentNullException.ThrowIfNull(baseRates);
        var function = Find(name);
        return new ForeignSchedule(function, new ForeignRequest(function, arguments, baseRates, batchesPerEpoch, functions));
    }

    /// <summary>The same with the arguments as JSON text.</summary>
    /// <param name="name">Library and function.</param>
    /// <param name="arguments">JSON text of an object, such as <c>{"T_max": 50}</c>.</param>
    /// <param name="baseRates">The learning rate of each parameter group.</param>
    /// <param name="batchesPerEpoch">Of the run, where it is known.</param>
    /// <param name="functions">As above.</param>
    /// <exception cref="ForeignScheduleException">As above, or the text is no JSON.</exception>
    public static ForeignSchedule Create(
        string name, string arguments, IReadOnlyList<double> baseRates, int? batchesPerEpoch = null, IReadOnlyDictionary<string, Func<double, double>>? functions = null)
    {
        try
        {
            using var document = JsonDocument.Parse(arguments);
            return Create(name, document.RootElement.Clone(), baseRates, batchesPerEpoch, functions);
        }
        catch (JsonException fault)
        {
            throw new ForeignScheduleException(
                $"{name}: the arguments are no JSON: line {(fault.LineNumber ?? 0) + 1}, byte {(fault.BytePositionInLine ?? 0) + 1}. They look like {{\"T_max\": 50}}.", fault);
        }
    }

    /// <summary>The parameters of a function under their original names.</summary>
    /// <param name="name">Library and function.</param>
    /// <exception cref="ForeignScheduleException">Unknown name.</exception>
    public static IReadOnlyList<string> ParametersOf(string name) => Find(name).Parameters.Names;

    /// <summary>The default of a parameter as JSON; empty where it must be given, or there is no such parameter.</summary>
    /// <param name="name">Library and function.</param>
    /// <param name="parameter">One of <see cref="ParametersOf"/>.</param>
    /// <exception cref="ForeignScheduleException">Unknown name.</exception>
    public static string DefaultOf(string name, string parameter) => Find(name).Parameters.TryDefault(parameter, out var value) ? value.GetRawText() : "";

    /// <summary>What a function does at its boundaries and past its end, in one sentence.</summary>
    /// <param name="name">Library and function.</param>
    /// <exception cref="ForeignScheduleException">Unknown name.</exception>
    public static string AtBoundaryAndPastEndOf(string name) => Find(name).AtBoundaryAndPastEnd;

    private static ForeignFunction Find(string name)
    {
        if (Functions.TryGetValue(name, out var function))
            return function;
        var libraries = Functions.Keys.Select(key => key[..key.IndexOf('.', StringComparison.Ordinal)]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        throw new ForeignScheduleException(
            $"There is no foreign schedule '{name}'.{NearestName.Suggestion(name, Functions.Keys)} Names look like torch.StepLR; the libraries are {Text.List(libraries)}.");
    }

    private static IEnumerable<ForeignFunction> All() =>
    [
        .. CawbPublished.Rows,
        .. Torch.Rows,
        .. Timm.Rows,
        .. HuggingFace.Rows,
        .. Optax.Rows,
        .. Keras.Rows,
        .. Katsura.Rows,
        .. Yolov5Rates.Rows,
        .. Fvcore.Rows,
        .. Composer.Rows,
        .. Mmengine.Rows,
        .. PytorchWarmup.Rows,
    ];
}
