using System.Reflection;
using System.Xml.Linq;

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
            Assert.True(remarks?.Descendants("c").Any(), $"{type} has no formula");
            Assert.True(remarks.Value.Contains("Source: ", StringComparison.Ordinal), $"{type} has no source");
            Assert.True(remarks.Value.Contains("Differs from ", StringComparison.Ordinal), $"{type} does not say what it does differently");
        }
    }

    [Fact]
    public void The_assembly_references_nothing_but_the_base_class_library() =>
        Assert.All(Assembly.GetReferencedAssemblies(), reference => Assert.StartsWith("System", reference.Name, StringComparison.Ordinal));
}
