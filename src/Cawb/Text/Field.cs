using Cawb.Types;

namespace Cawb;

/// <summary>Makes the fields of a type's text form. A field without a default is required.</summary>
internal static class Field<T> where T : notnull
{
    public static FieldFormat Number(string name, Func<T, double> get, string summary, NumberRange range, double? fallback = null) =>
        Make(name, FieldKind.Number, summary, owner => get(owner), fallback, range);

    public static FieldFormat Time(string name, Func<T, double> get, string summary, NumberRange range, EndMove endMove = EndMove.Stays, double? fallback = null) =>
        Make(name, FieldKind.Time, summary, owner => get(owner), fallback, range, endMove);

    public static FieldFormat Times(string name, Func<T, IReadOnlyList<double>> get, string summary, NumberRange range, EndMove endMove = EndMove.Stays, bool isOptional = false) =>
        Make(name, FieldKind.Times, summary, get, isOptional ? new ValueList<double>([]) : null, range, endMove);

    public static FieldFormat Flag(string name, Func<T, bool> get, string summary, bool fallback = false) =>
        Make(name, FieldKind.Flag, summary, owner => get(owner), fallback);

    public static FieldFormat Choice<TEnum>(string name, Func<T, TEnum> get, string summary, TEnum fallback) where TEnum : struct, Enum =>
        Make(name, FieldKind.Choice, summary, owner => Word(get(owner)), Word(fallback)) with { Options = [.. Enum.GetValues<TEnum>().Select(Word)] };

    public static FieldFormat Level(string name, Func<T, Level> get, string summary, Level? fallback = null) =>
        Make(name, FieldKind.Level, summary, owner => get(owner), fallback);

    public static FieldFormat Levels(string name, Func<T, IReadOnlyList<Level>> get, string summary) =>
        Make(name, FieldKind.Levels, summary, get, fallback: null);

    public static FieldFormat Annealing(string name, Func<T, Annealing> get, string summary, Annealing? fallback = null) =>
        Make(name, FieldKind.Annealing, summary, get, fallback);

    public static FieldFormat Schedule(string name, Func<T, Schedule> get, string summary, EndMove endMove = EndMove.Stays) =>
        Make(name, FieldKind.Schedule, summary, get, fallback: null, endMove: endMove);

    public static FieldFormat Schedules(string name, Func<T, IReadOnlyList<Schedule>> get, string summary, EndMove endMove = EndMove.Stays) =>
        Make(name, FieldKind.Schedules, summary, get, fallback: null, endMove: endMove);

    private static FieldFormat Make(
        string name, FieldKind kind, string summary, Func<T, object> get, object? fallback, NumberRange range = NumberRange.Finite, EndMove endMove = EndMove.Stays) =>
        new(name, kind, summary, owner => get((T)owner), fallback, range, [], endMove);

    private static string Word<TEnum>(TEnum value) where TEnum : struct, Enum => Words.CamelCase(value.ToString());
}
