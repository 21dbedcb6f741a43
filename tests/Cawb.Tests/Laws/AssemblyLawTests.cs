using System.Reflection;
using System.Xml.Linq;
using Cawb.Insight;
using Cawb.Published;
using Cawb.Types;

namespace Cawb.Tests.Laws;

/// <summary>Rules about every type of the assembly.</summary>
public sealed class AssemblyLawTests
{
    private static readonly Assembly Assembly = typeof(Schedule).Assembly;

    [Fact]
    public void Every_schedule_and_annealing_is_sealed_or_abstract_and_cannot_be_changed()
    {
        foreach (var type in Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Schedule)) || type.IsSubclassOf(typeof(Annealing))))
        {
            Assert.True(type.IsSealed || type.IsAbstract, $"{type} is open");
            Assert.All(type.GetProperties(), property => Assert.True(property.SetMethod is null, $"{type}.{property.Name} can be set"));
            Assert.All(
                type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic),
                field => Assert.True(field.IsInitOnly, $"{type}.{field.Name} can be assigned"));
        }
    }

    [Fact]
    public void Every_schedule_is_in_the_text_form_under_its_own_name()
    {
        var types = Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Schedule)) && !type.IsAbstract).ToList();
        Assert.Equal(types.Count, TextFormats.Schedules.Count);
        foreach (var type in types)
            Assert.Contains(TextFormats.Schedules, format => format.Name + "Schedule" == Words.CamelCase(type.Name));
    }

    [Fact]
    public void Every_key_of_the_text_form_is_a_parameter_of_a_constructor_so_that_complaints_find_their_place()
    {
        foreach (var format in TextFormats.Schedules)
        {
            var type = new Draws(7).Of(format.Name, depth: 1).GetType();
            var parameters = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .SelectMany(constructor => constructor.GetParameters())
                .SelectMany(parameter => parameter.ParameterType == typeof(PlateauRule) ? typeof(PlateauRule).GetConstructors()[0].GetParameters()
                    : parameter.ParameterType == typeof(CyclePlan) ? typeof(CyclePlan).GetMethod(nameof(CyclePlan.FromRestarts))?.GetParameters() ?? [] : [parameter])
                .Select(parameter => parameter.Name)
                .ToHashSet();
            Assert.All(format.Fields, field => Assert.Contains(field.Name, parameters));
        }
    }

    [Fact]
    public void Every_schedule_documents_its_formula_its_source_and_what_it_does_differently()
    {
        var documentation = XDocument.Load(Path.ChangeExtension(Assembly.Location, ".xml"));
        foreach (var type in Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Schedule)) && !type.IsAbstract))
        {
            var remarks = documentation.Descendants("member").Single(member => (string?)member.Attribute("name") == $"T:{type.FullName}").Element("remarks");
            Assert.True(remarks is not null && remarks.Descendants("c").Any(), $"{type} has no formula");
            Assert.True(remarks.Value.Contains("Source: ", StringComparison.Ordinal), $"{type} has no source");
            Assert.True(remarks.Value.Contains("Differs from ", StringComparison.Ordinal), $"{type} does not say what it does differently");
        }
    }

    [Fact]
    public void The_namespace_Cawb_has_at_most_sixty_public_types() => Assert.InRange(Assembly.GetExportedTypes().Count(type => type.Namespace == "Cawb"), 1, 60);

    [Fact]
    public void No_list_that_is_given_out_can_be_written()
    {
        var plan = TrainingPlan.FromEpochs(100, batchesPerEpoch: 10);
        var cosine = new CosineSchedule(100);
        var scheduler = new LearningRateScheduler(plan, new PlateauSchedule(cosine, new PlateauRule()), 0.1, 0.2);
        List<((Type? Owner, string Name) Property, object List)> lists = [];
        foreach (var root in (object[])
        [
            .. TextFormats.Schedules.Select(format => new Draws(7).Of(format.Name, depth: 1)), scheduler, scheduler.Parameters[0], scheduler.CaptureState(),
            PlanChange.Extend(plan, cosine, atEpochs: 50, totalEpochs: 200), cosine.WithWarmup(3).Explain(9), cosine.Explain(9) with { Parts = (List<ScheduleExplanation>)[cosine.Explain(3)] },
            new CosineAnnealingWarmbootingLR([0.1], 100, [30]), ScheduleType.All[0],
        ])
            Collect(root, lists);

        var declared = Assembly.GetExportedTypes().SelectMany(type => type.GetProperties().Where(property => IsList(property.PropertyType) && property.DeclaringType == type))
            .Where(property => property.GetMethod is { IsStatic: false }).Select(property => (property.DeclaringType, property.Name));
        Assert.Empty(declared.Except(lists.Select(list => list.Property)));
        Assert.All(lists, list => Assert.False(IsWritable(list.List), $"{list.Property} gives out a {list.List.GetType()}"));
        Assert.All((IEnumerable<object>)[cosine.Lint(plan), new Bad().Lint(plan)], found => Assert.False(IsWritable(found)));
    }

    [Fact]
    public void The_assembly_references_nothing_but_the_base_class_library() =>
        Assert.All(Assembly.GetReferencedAssemblies(), reference => Assert.StartsWith("System", reference.Name, StringComparison.Ordinal));

    private static void Collect(object owner, List<((Type? Owner, string Name) Property, object List)> lists)
    {
        foreach (var property in owner.GetType().GetProperties().Where(property => property.GetMethod is { IsStatic: false }))
        {
            if (IsList(property.PropertyType) && property.GetValue(owner) is { } list)
            {
                lists.Add(((property.DeclaringType, property.Name), list));
                foreach (var item in ((System.Collections.IEnumerable)list).OfType<object>().Where(item => item.GetType().Assembly == Assembly))
                    Collect(item, lists);
            }
            else if (property.PropertyType.Assembly == Assembly && property.PropertyType.IsClass && property.GetValue(owner) is { } inner)
            {
                Collect(inner, lists);
            }
        }
    }

    private static bool IsList(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);

    private static bool IsWritable(object list) => list is Array or System.Collections.IList { IsReadOnly: false };

    private sealed record Bad : Schedule
    {
        public override double ValueAt(double epochs, double baseValue) => double.NaN;
    }
}
