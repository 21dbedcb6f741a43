namespace Cawb;

/// <summary>The text form of one type: its name, its fields in canonical order, and how to make it from them.</summary>
/// <typeparam name="TBase">What the type is used as: a schedule or an annealing.</typeparam>
internal sealed class ObjectFormat<TBase> where TBase : notnull
{
    private readonly Func<FieldValues, TBase> create;

    private ObjectFormat(string name, string summary, IReadOnlyList<FieldFormat> fields, Func<FieldValues, TBase> create)
    {
        Name = name;
        Summary = summary;
        Fields = fields;
        this.create = create;
    }

    public string Name { get; }

    /// <summary>One sentence; of an annealing its formula in the fields' names, x and y, in Python's syntax.</summary>
    public string Summary { get; }

    public IReadOnlyList<FieldFormat> Fields { get; }

    /// <param name="name">Value of the key <c>type</c>.</param>
    /// <param name="summary">One sentence for the schema.</param>
    /// <param name="fields">In the order of the canonical text.</param>
    /// <param name="create">Calls the constructor, whose parameters have the fields' names.</param>
    public static ObjectFormat<TBase> Of<T>(string name, string summary, IReadOnlyList<FieldFormat> fields, Func<FieldValues, T> create) where T : TBase =>
        new(name, summary, fields, values => create(values));

    /// <exception cref="ArgumentException">The constructor refuses the values.</exception>
    public TBase Create(FieldValues values) => create(values);

    /// <summary>The same object with what <paramref name="change"/> makes of each field.</summary>
    /// <exception cref="ArgumentException">The constructor refuses the values.</exception>
    public TBase Changed(TBase owner, Func<FieldFormat, object, object> change) =>
        create(new FieldValues(Fields.ToDictionary(field => field.Name, field => change(field, field.Get(owner)))));
}
