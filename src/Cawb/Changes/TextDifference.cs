namespace Cawb;

/// <summary>Compares two canonical texts value by value.</summary>
internal static class TextDifference
{
    private const string Default = "(default)";

    public static IReadOnlyList<ScheduleChange> Between(string before, string after)
    {
        if (before == after)
            return [];
        var changes = new List<ScheduleChange>();
        Compare("", new TextSource(before, path: "").Read(), new TextSource(after, path: "").Read(), changes);
        return changes;
    }

    private static void Compare(string path, TextNode before, TextNode after, List<ScheduleChange> changes)
    {
        if (before.Kind == TextNodeKind.Object && after.Kind == TextNodeKind.Object && TypeOf(before) == TypeOf(after))
            CompareMembers(path, before, after, changes);
        else if (before.Kind == TextNodeKind.List && after.Kind == TextNodeKind.List && before.Items.Count == after.Items.Count)
            CompareItems(path, before, after, changes);
        else if (Print(before) != Print(after))
            changes.Add(new ScheduleChange(path, Print(before), Print(after)));
    }

    private static void CompareMembers(string path, TextNode before, TextNode after, List<ScheduleChange> changes)
    {
        foreach (var name in before.Members.Concat(after.Members).Select(member => member.Name).Distinct())
        {
            var inner = path.Length > 0 ? $"{path}.{name}" : name;
            switch (Member(before, name), Member(after, name))
            {
                case ({ } left, { } right):
                    Compare(inner, left, right, changes);
                    break;
                case ({ } left, null):
                    changes.Add(new ScheduleChange(inner, Print(left), Default));
                    break;
                case (null, { } right):
                    changes.Add(new ScheduleChange(inner, Default, Print(right)));
                    break;
            }
        }
    }

    private static void CompareItems(string path, TextNode before, TextNode after, List<ScheduleChange> changes)
    {
        for (var i = 0; i < before.Items.Count; i++)
            Compare($"{path}[{i}]", before.Items[i], after.Items[i], changes);
    }

    private static TextNode? Member(TextNode node, string name) => node.Members.FirstOrDefault(member => member.Name == name)?.Value;

    private static string TypeOf(TextNode node) => Member(node, "type")?.Text ?? "";

    private static string Print(TextNode node) => node.Kind switch
    {
        TextNodeKind.Number => Require.Text(node.Number),
        TextNodeKind.Text => node.Text,
        TextNodeKind.Object => $"{{{string.Join(", ", node.Members.Select(member => $"{member.Name}: {Print(member.Value)}"))}}}",
        TextNodeKind.List => $"[{string.Join(", ", node.Items.Select(Print))}]",
        _ => node.Describe(),
    };
}
