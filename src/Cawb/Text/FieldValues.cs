namespace Cawb;

/// <summary>The values of one object's fields, defaults filled in.</summary>
internal sealed class FieldValues(IReadOnlyDictionary<string, object> values)
{
    public double Number(string name) => (double)values[name];

    public int Count(string name) => (int)(double)values[name];

    public IReadOnlyList<double> Numbers(string name) => (IReadOnlyList<double>)values[name];

    public bool Flag(string name) => (bool)values[name];

    public TEnum Choice<TEnum>(string name) where TEnum : struct, Enum => Enum.Parse<TEnum>((string)values[name], ignoreCase: true);

    public Level Level(string name) => (Level)values[name];

    public IReadOnlyList<Level> Levels(string name) => (IReadOnlyList<Level>)values[name];

    public Annealing Annealing(string name) => (Annealing)values[name];

    public Schedule Schedule(string name) => (Schedule)values[name];

    public IReadOnlyList<Schedule> Schedules(string name) => (IReadOnlyList<Schedule>)values[name];
}
