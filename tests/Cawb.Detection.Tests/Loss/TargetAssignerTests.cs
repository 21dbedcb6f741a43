using Cawb.Detection.Loss;
using Cawb.Detection.Model;

namespace Cawb.Detection.Tests.Loss;

public sealed class TargetAssignerTests
{
    [Fact]
    public void Every_case_gives_the_reference_rows_in_their_order()
    {
        foreach (var file in ReferenceFile.All("assign.json"))
        {
            var anchors = AnchorSet.FromPixels(file.Items("anchors_px").SelectMany(level => level.EnumerateArray()).SelectMany(anchor => anchor.Numbers()));
            foreach (var test in file.Items("cases"))
            {
                var labels = ReferenceModel.Labels(test.GetProperty("targets"));
                var shapes = test.Items("shapes").Select(shape => shape.Integers()).ToArray();
                foreach (var (expected, level) in test.Items("levels").Select((rows, level) => (rows.EnumerateArray().ToArray(), level)))
                {
                    var rows = new List<Assignment>();
                    TargetAssigner.Assign<float>(labels, anchors, level, (int)shapes[level][0], (int)shapes[level][1], test.Number("ratio"), rows);
                    Assert.Equal(expected.Length, rows.Count);
                    foreach (var (want, row) in expected.Zip(rows))
                    {
                        Assert.Equal(
                            (want.Integer("image"), want.Integer("cls"), want.Integer("anchor"), want.Integer("gy"), want.Integer("gx"), want.Integer("slot"), want.Integer("target")),
                            (row.Image, row.Class, row.Anchor, row.CellY, row.CellX, row.Slot, row.Target));
                        var box = want.GetProperty("box").Numbers();
                        foreach (var (side, value) in box.Zip([row.OffsetX, row.OffsetY, row.Width, row.Height]))
                        {
                            // Single-precision numbers, printed with eight digits.
                            Digest.Near(side, value, 1e-7 * Math.Max(1, Math.Abs(side)), test.Text("name"));
                        }
                    }
                }
            }
        }
    }
}
