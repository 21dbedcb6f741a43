using System.Text;
using Cawb.Coco.Files;
using Cawb.Tests.Reference;

namespace Cawb.Coco.Tests;

/// <summary>The fast reader against the general one, which it must never contradict.</summary>
public sealed class PlainResultReaderTests
{
    private const string Usual = """
        [{"image_id":1,"category_id":-2,"bbox":[0.1,-2,3,4],"score":0.25},
          {"score" : 1 , "bbox" : [ 1 , 2.50 , 0 , 12345678901234567890.5 ] , "category_id":900719925474099312,
           "image_id":0 } ]

        """;

    [Fact]
    public void Every_result_file_of_the_reference_is_of_the_usual_form_and_reads_the_same()
    {
        var files = Directory.GetFiles(ReferenceFolder.Of("coco"), "dt.json", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var text = File.ReadAllBytes(file);
            Assert.Equal(General(text), Plain(text));
        }
    }

    [Fact]
    public void Numbers_are_the_nearest_doubles()
    {
        var (truth, found) = PerformanceCase.Generate(seed: 11);
        Assert.NotEmpty(truth.Images);
        using var folder = new TemporaryFolder();
        found.Write(folder.File("dt.json"));
        var copy = CocoDetections.Read(folder.File("dt.json"));
        Assert.Equal(Flat(found).Select(entry => entry.Detection), Flat(copy).Select(entry => entry.Detection));

        foreach (var number in (string[])["0.1", "123456789012345678", "0.30000000000000004", "9007199254740993", "9007199254740993.5", "2.2250738585072014", "-0"])
        {
            var text = Encoding.UTF8.GetBytes($$"""[{"image_id":1,"category_id":1,"bbox":[{{number}},0,0,0],"score":1}]""");
            Assert.Equal(BitConverter.DoubleToInt64Bits(double.Parse(number, System.Globalization.CultureInfo.InvariantCulture)), BitConverter.DoubleToInt64Bits(Plain(text)[0].Detection.Box.X));
            Assert.Equal(General(text), Plain(text));
        }
    }

    [Fact]
    public void Whatever_one_byte_is_changed_to_it_takes_only_what_the_general_reader_takes_and_understands_it_the_same()
    {
        var taken = 0;
        var original = Encoding.UTF8.GetBytes(Usual);
        foreach (var replacement in "0 9.,-e\"\n{}[]:x\\"u8.ToArray())
        {
            for (var i = 0; i < original.Length; i++)
            {
                var text = original.ToArray();
                text[i] = replacement;
                taken += Agree(text) ? 1 : 0;
                taken += Agree(text[..i]) ? 1 : 0;
            }
        }

        Assert.True(taken > 100);
    }

    [Theory]
    [InlineData("[]", true)]
    [InlineData(" [ ] \n", true)]
    [InlineData("[1]", false)]
    [InlineData("[", false)]
    [InlineData("", false)]
    [InlineData("""[{"image_id":1,"category_id":1,"bbox":[0,0,1,1],"score":0.5,"id":7}]""", false)]
    [InlineData("""[{"image_id":1,"category_id":1,"bbox":[0,0,1,1],"score":5e-1}]""", false)]
    [InlineData("""[{"image_id":1,"image_id":1,"category_id":1,"bbox":[0,0,1,1],"score":1}]""", false)]
    [InlineData("""[{"image_id":01,"category_id":1,"bbox":[0,0,1,1],"score":1}]""", false)]
    [InlineData("""[{"image_id":1,"category_id":1,"bbox":[0,0,1,1],"score":1},]""", false)]
    public void Leaves_the_unusual_to_the_general_reader(string text, bool isTaken) => Assert.Equal(isTaken, Agree(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void An_element_larger_than_the_buffer_is_read_whole()
    {
        var blanks = new string(' ', 700_000);
        var text = Encoding.UTF8.GetBytes($$"""[{"image_id":1,{{blanks}}"category_id":2,"bbox":[0,0,1,1],"score":1}, {"image_id":1,"category_id":3,"bbox":[0,0,1,1],"score":1}]""");
        Assert.Equal(General(text), Plain(text));
    }

    /// <summary>Whether the fast reader takes the text; if so, the general one must read the same.</summary>
    private static bool Agree(byte[] text)
    {
        if (!PlainResultReader.TryRead(new MemoryStream(text), "x", out var detections))
        {
            return false;
        }

        Assert.Equal(General(text), Flat(detections));
        return true;
    }

    private static List<(CocoDetection Detection, CocoPlace Place)> Plain(byte[] text)
    {
        Assert.True(PlainResultReader.TryRead(new MemoryStream(text), "x", out var detections));
        return Flat(detections);
    }

    private static List<(CocoDetection Detection, CocoPlace Place)> General(byte[] text) => Flat(ResultReader.Read(new MemoryStream(text), "x", imageIds: null, categoryIds: null));

    private static List<(CocoDetection Detection, CocoPlace Place)> Flat(CocoDetections detections) =>
        [.. Enumerable.Range(0, detections.Count).Select(i => (detections[i], detections.PlaceOf(i)))];
}
