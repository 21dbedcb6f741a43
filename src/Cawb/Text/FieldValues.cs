namespace Cawb;

/// <summary>The values of one object's fields, defaults filled in.</summary>
internal sealed class FieldValues(IReadOnlyDictionary<string, object> values)
{
    public double Number(string name) => (double)values[name];

    /// <exception cref="ArgumentException">The number is not whole.</exception>
    public int Count(string name) => Number(name) is var number && number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue
        ? (int)number
        : throw new ArgumentOutOfRangeException(name, $"Must be a whole number; got {Require.Text(number)}.");

    public IReadOnlyList<double> Numbers(string name) => (IReadOnlyList<double>)values[name];

    public bool Flag(string name) => (bool)values[name];

    public TEnum Choice<TEnum>(string name) where TEnum : struct, Enum => Enum.Parse<TEnum>((string)values[name], ignoreCase: true);

    public Level Level(string name) => (Level)values[name];

    public IReadOnlyList<Level> Levels(string name) => (IReadOnlyList<Level>)values[name];

    public Annealing Annealing(string name) => (Annealing)values[name];

    public Schedule Schedule(string name) => (Schedule)values[name];

    public IReadOnlyList<Schedule> Schedules(string name) => (IReadOnlyList<Schedule>)values[name];
}
