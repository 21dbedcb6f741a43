using Cawb.Types;
using Cawb.Web.Designer.Editing;

namespace Cawb.Web.Tests.Designer;

public sealed class ScheduleTreeTests
{
    private const string Nested = """{"type":"sequence","boundaryEpochs":[40],"parts":[{"type":"constant"},{"type":"warmup","warmupEpochs":5,"schedule":{"type":"cosine","durationEpochs":60}}]}""";

    public static TheoryData<string> Types => [.. ScheduleType.All.Select(type => type.Name)];

    [Fact]
    public void Parts_have_their_paths_places_and_depths()
    {
        var flat = TreeOf(Nested).Root.Flat().Select(item => (item.Node.Path, item.Node.Place, item.Node.TypeName, item.Depth));
        Assert.Equal(
            [("", "", "sequence", 0), ("parts/0", "part 1", "constant", 1), ("parts/1", "part 2", "warmup", 1), ("parts/1/schedule", "schedule", "cosine", 2)], flat);
        Assert.Equal("parts/1", TreeOf(Nested).Find("parts/1/nothing/here").Path);
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("[1, 2]")]
    [InlineData("""{"type": "cosine", "type": "linear"}""")]
    public void A_text_that_is_no_object_has_no_parts(string text) => Assert.Null(ScheduleTree.Of(text));

    [Fact]
    public void A_field_is_changed_where_it_stands() =>
        Assert.Equal(Nested.Replace(":60}", ":90}", StringComparison.Ordinal), TreeOf(Nested).WithField("parts/1/schedule", "durationEpochs", "90"));

    [Theory]
    [MemberData(nameof(Types))]
    public void A_part_becomes_any_type_and_fits_into_a_composition(string name)
    {
        var type = ScheduleType.Find(name)!;
        var text = TreeOf(Nested).WithType("parts/0", type, 150);
        // A plateau stands outermost, and says so.
        if (name == "plateau")
        {
            Assert.Contains("outermost", Assert.Throws<ScheduleTextException>(() => ScheduleText.Parse(text)).Message, StringComparison.Ordinal);
            return;
        }

        ScheduleText.Parse(text);
        Assert.Equal(name, TreeOf(text).Find("parts/0").TypeName);
    }

    [Fact]
    public void Another_type_keeps_what_both_have()
    {
        var text = TreeOf("""{"type":"cosine","durationEpochs":77,"end":0.2}""").WithType("", ScheduleType.Find("linear")!, 150);
        Assert.Equal("""{"type":"linear","durationEpochs":77,"end":0.2}""", ScheduleText.Parse(text).CanonicalText);
    }

    [Fact]
    public void A_part_is_put_into_every_composition_and_taken_out_again()
    {
        foreach (var around in ScheduleType.All.Where(type => type.Fields.Any(field => field.Kind is FieldKind.Schedule or FieldKind.Schedules)))
        {
            var wrapped = TreeOf("""{"type":"rex","durationEpochs":9}""").Wrapped("", around, 150);
            ScheduleText.Parse(wrapped);
            var inside = TreeOf(wrapped).Root.Children[0];
            Assert.Equal((around.Name, "rex"), (TreeOf(wrapped).Root.TypeName, inside.TypeName));
            Assert.Equal("""{"type":"rex","durationEpochs":9}""", TreeOf(wrapped).Unwrapped(inside.Path));
        }
    }

    [Fact]
    public void A_sequence_gets_a_boundary_with_each_part_and_loses_it_with_it()
    {
        var three = TreeOf(Nested).WithPart("", ScheduleType.Find("linear")!, 150);
        Assert.Equal([40, 95], Assert.IsType<SequenceSchedule>(ScheduleText.Parse(three)).BoundaryEpochs);
        Assert.Equal([95], Assert.IsType<SequenceSchedule>(ScheduleText.Parse(TreeOf(three).Without("parts/1"))).BoundaryEpochs.Select(epochs => epochs == 40 ? 0 : epochs));
        Assert.Equal(["constant", "warmup"], TreeOf(TreeOf(three).Without("parts/2")).Root.Children.Select(child => child.TypeName));
    }

    [Theory]
    [InlineData("""{"type":"cawb","epochs":9,"annealing":{"type":"cosine"},"bootEpochs":[3,12]}""", "bootEpochs")]
    [InlineData("""{"type":"product","parts":[{"type":"constant"},{"type":"step","intervalEpochs":5,"factor":3}]}""", "parts/1/factor")]
    [InlineData("""{"type":"cawb","epochs":9,"annealing":"x +"}""", "annealing")]
    [InlineData("""{"type":"cawb","epochs":9,"annealing":{"type":"cosine","power":-1}}""", "annealing/power")]
    [InlineData("""{"type":"cosine","durationEpochs":9,"end":{"absolute":-1}}""", "end")]
    [InlineData("""{"type":"warmup","warmupEpochs":3,"schedule":{"type":"cosine"}}""", "schedule")]
    [InlineData("{\n  \"type\": \"cosine\",\n  \"durationEpochs\": \"long\"\n}", "durationEpochs")]
    public void A_fault_is_at_the_part_and_the_field_that_it_is_about(string text, string path)
    {
        var reading = ScheduleReading.Of(text, TrainingPlan.FromEpochs(9, batchesPerEpoch: 2), [1]);
        Assert.Equal((null, path), (reading.Schedule, reading.Fault?.Path));
    }

    private static ScheduleTree TreeOf(string text) => ScheduleTree.Of(text)!;
}
