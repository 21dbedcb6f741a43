namespace Cawb.Coco.Tests;

public sealed class FileFormatTests : IDisposable
{
    private const string Image = """{"id":1,"width":10,"height":20,"file_name":"1.png"}""";
    private const string Annotation = """{"id":1,"image_id":1,"category_id":1,"bbox":[0,0,5,5],"area":25}""";
    private const string Category = """{"id":1,"name":"cat"}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reads_the_keys_it_knows_in_any_order_and_passes_over_the_rest()
    {
        var dataset = ReadInstances("""
            {"categories":[{"supercategory":"animal","id":18,"name":"dog","keypoints":["a",{"b":[1]}]}],
             "info":{"year":2017,"nested":[[{}]]},"licenses":[],
             "annotations":[{"segmentation":[[1.5,2,3,4]],"area":702.1057499999998,"iscrowd":1,"image_id":9007199254740993,
               "bbox":[473.07,395.93,38.65,28.67],"category_id":18,"id":-1768,"segmentation":{"counts":[1,2],"size":[1,2]}}],
             "images":[{"license":4,"file_name":"a\u00e9.jpg","coco_url":null,"height":427,"width":640,"date_captured":"x","id":9007199254740993}]}
            """);
        Assert.Equal(new CocoImage(9007199254740993, 640, 427, "aé.jpg"), Assert.Single(dataset.Images));
        Assert.Equal(new CocoCategory(18, "dog", "animal"), Assert.Single(dataset.Categories));
        Assert.Equal(
            new CocoAnnotation(-1768, 9007199254740993, 18, new CocoBox(473.07, 395.93, 38.65, 28.67), 702.1057499999998, isCrowd: true),
            Assert.Single(dataset.Annotations));
    }

    [Fact]
    public void A_byte_order_mark_and_white_space_do_not_matter()
    {
        var path = _folder.File("bom.json");
        File.WriteAllText(path, "\uFEFF \r\n" + Instances(Image, Annotation, Category) + "\n\n");
        Assert.Single(CocoDataset.Read(path).Annotations);
    }

    [Fact]
    public void For_evaluation_the_ids_of_pictures_and_classes_are_enough()
    {
        var path = Write("ids.json", Instances("""{"id":3}""", Annotation, """{"id":4}"""));
        var dataset = CocoDataset.Read(path, CocoReading.ForEvaluation);
        Assert.Equal(new CocoImage(3, 0, 0, ""), dataset.Images[0]);
        Assert.Equal("category 4", dataset.Categories[0].Name);
        Assert.Throws<CocoFormatException>(() => CocoDataset.Read(path));
    }

    [Theory]
    [InlineData("", 1, 1, "Is not valid JSON")]
    [InlineData("[]", 1, 1, "a list is what a result file is")]
    [InlineData("7", 1, 1, "Expected an object with the lists")]
    [InlineData("{}", 1, 2, "\"images\" is missing")]
    [InlineData("{\"images\":[],\n\"annotations\":[]}", 2, 17, "\"categories\" is missing")]
    [InlineData("{\"images\":{}}", 1, 11, "Expected a list; got an object.")]
    [InlineData("{\"images\":[],\"images\":[]}", 1, 23, "once")]
    [InlineData("{\"images\":[1]}", 1, 12, "Expected an object; got the number 1.")]
    [InlineData("{\"images\":[{\"id\":1,\"width\":1.5}]}", 1, 28, "Expected a whole number of pixels, 0 or more; got the number 1.5.")]
    [InlineData("{\"images\":[{\"id\":1,\"width\":-1}]}", 1, 28, "Expected a whole number of pixels, 0 or more; got the number -1.")]
    [InlineData("{\"images\":[\n  {\"id\":true}]}", 2, 9, "Expected a whole number (an id of 64 bits); got true.")]
    [InlineData("{\"images\":[\n  {\"id\":1,\"id\":\"1\"}]}", 2, 16, "Expected a whole number (an id of 64 bits), as the ids before it; got the text \"1\".")]
    [InlineData("{\"images\":[\n  {\"id\":\"1\",\"id\":1}]}", 2, 18, "Expected a text, as the ids before it; got the number 1.")]
    [InlineData("{\"images\":[{\"id\":9223372036854775808}]}", 1, 18, "Expected a whole number (an id of 64 bits); got the number 9223372036854775808.")]
    [InlineData("{\"images\":[\n{\"id\":1,\"width\":1,\"height\":1}]}", 2, 1, "Expected the key \"file_name\", which is missing.")]
    [InlineData("{\"images\":[{\"file_name\":\"\\ud800\"}]}", 1, 25, "not valid Unicode")]
    [InlineData("{\"annotations\":[{\"bbox\":[1,2,3]}]}", 1, 31, "Expected four finite numbers [x, y, width, height]; the list has only 3.")]
    [InlineData("{\"annotations\":[{\"bbox\":[1,2,3,4,5]}]}", 1, 34, "the list has more than four.")]
    [InlineData("{\"annotations\":[{\"bbox\":[1,2,null,4]}]}", 1, 30, "got null.")]
    [InlineData("{\"annotations\":[{\"bbox\":[1,2,1e999,4]}]}", 1, 30, "got the number 1e999.")]
    [InlineData("{\"annotations\":[{\"bbox\":[1,2,NaN,4]}]}", 1, 30, "Is not valid JSON: ")]
    [InlineData("{\"annotations\":[{\"area\":\"big\"}]}", 1, 25, "Expected a finite number; got the text \"big\".")]
    [InlineData("{\"annotations\":[{\"iscrowd\":2}]}", 1, 28, "Expected 0 or 1; got the number 2.")]
    [InlineData("{\"annotations\":[{\"id\":1}]}", 1, 17, "Expected the key \"image_id\", which is missing.")]
    [InlineData("{\"categories\":[{\"id\":1}]}", 1, 16, "Expected the key \"name\", which is missing.")]
    [InlineData("{\"images\":[],\"annotations\":[],\"categories\":[]} x", 1, 48, "Is not valid JSON: Remove what stands after the end.")]
    [InlineData("{\"images\":[{\"id\":1,", 1, 19, "Is not valid JSON: The text ends too early; a value or a closing } or ] is missing.")]
    public void A_malformed_instances_file_is_refused_with_the_place_and_what_was_expected(string text, long line, long column, string problem)
    {
        var path = Write("bad.json", text);
        var fault = Assert.Throws<CocoFormatException>(() => CocoDataset.Read(path));
        Assert.Equal(path, fault.Path);
        Assert.Contains(problem, fault.Message, StringComparison.Ordinal);
        Assert.Equal(new CocoPlace(line, column), fault.Place);
        Assert.StartsWith($"{path}, line {line}, column {column} ($", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "$", "an object is what an instances file is")]
    [InlineData("[[]]", "$[0]", "Expected an object; got a list.")]
    [InlineData("[{\"image_id\":1,\"category_id\":1,\"bbox\":[0,0,1,1]}]", "$[0]", "Expected the key \"score\", which is missing.")]
    [InlineData("[{\"image_id\":1,\"category_id\":1,\"bbox\":[0,0,1,1],\"score\":\"high\"}]", "$[0].score", "Expected a finite number")]
    [InlineData("[{\"image_id\":1.0}]", "$[0].image_id", "got the number 1.0.")]
    [InlineData("[", "$[0]", "Is not valid JSON")]
    public void A_malformed_result_file_is_refused_with_the_element_and_what_was_expected(string text, string jsonPath, string problem)
    {
        var path = Write("bad.json", text);
        var fault = Assert.Throws<CocoFormatException>(() => CocoDetections.Read(path));
        Assert.Equal(jsonPath, fault.JsonPath);
        Assert.Contains(problem, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9_000)]
    [InlineData(90_000)]
    public void A_mistake_has_its_place_however_much_stands_before_it(int lines)
    {
        var before = string.Concat(Enumerable.Repeat("{\"id\": 1, \"width\": 1, \"height\": 1, \"file_name\": \"a\"},\n", lines));
        var fault = Assert.Throws<CocoFormatException>(() => CocoDataset.Read(Write("bad.json", "{\"images\":\n[\n" + before + "  {\"id\": 7,}]}")));
        Assert.Equal(new CocoPlace(lines + 3, 11), fault.Place);
        Assert.EndsWith("Is not valid JSON: Remove the comma before }.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused_with_a_place()
    {
        var whole = Instances(Image, Annotation, Category);
        for (var length = 0; length < whole.Length; length++)
        {
            var path = Write("cut.json", whole[..length]);
            var fault = Assert.Throws<CocoFormatException>(() => CocoDataset.Read(path));
            Assert.True(fault.Place.IsKnown);
        }
    }

    [Fact]
    public void Places_are_right_and_nothing_is_lost_in_files_larger_than_any_buffer()
    {
        // A text of 700,000 characters does not fit the first buffer; 20,000 annotations need many of them.
        var annotations = Enumerable.Range(1, 20_000).Select(id => $$"""{"id":{{id}},"image_id":1,"category_id":1,"bbox":[0,0,{{id}},5],"area":25}""");
        var path = Write(
            "large.json",
            $$"""{"info":"{{new string('x', 700_000)}}","images":[{{Image}}],"categories":[{{Category}}],"annotations":[""" + "\n" + string.Join(",\n", annotations)
            + ",\n{\"id\":true}]}");
        var fault = Assert.Throws<CocoFormatException>(() => CocoDataset.Read(path));
        Assert.Equal(new CocoPlace(20_002, 7), fault.Place);
        Assert.Equal("$.annotations[20000].id", fault.JsonPath);

        File.WriteAllText(path, File.ReadAllText(path).Replace(",\n{\"id\":true}", "", StringComparison.Ordinal));
        var dataset = CocoDataset.Read(path);
        Assert.Equal(Enumerable.Range(1, 20_000).Select(id => (double)id), dataset.Annotations.Select(annotation => annotation.Box.Width));
    }

    [Fact]
    public void What_is_written_reads_back_equal_and_twice_the_same_bytes()
    {
        var dataset = new CocoDataset(
            [new CocoImage(long.MaxValue, 1, 2, "ä \"x\".jpg")],
            [new CocoAnnotation(long.MinValue, long.MaxValue, 3, new CocoBox(0.1, -1e-9, 1e9, 1 / 3.0), 0.1 + 0.2, isCrowd: true)],
            [new CocoCategory(3, "c", "s")]);
        dataset.Write(_folder.File("a.json"));
        var copy = CocoDataset.Read(_folder.File("a.json"));
        copy.Write(_folder.File("b.json"));
        Assert.Equal(dataset.Images, copy.Images);
        Assert.Equal(dataset.Annotations, copy.Annotations);
        Assert.Equal(dataset.Categories, copy.Categories);
        Assert.Equal(File.ReadAllBytes(_folder.File("a.json")), File.ReadAllBytes(_folder.File("b.json")));
        Assert.Contains("\"file_name\":\"ä \\\"x\\\".jpg\"", File.ReadAllText(_folder.File("a.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Results_are_written_in_the_form_that_the_evaluation_server_takes()
    {
        var found = new CocoDetections();
        found.Add(42, [18], [new CocoBox(258.15, 41.29, 348.26, 243)], [0.236]);
        found.Write(_folder.File("dt.json"));
        Assert.Equal("""[{"image_id":42,"category_id":18,"bbox":[258.15,41.29,348.26,243],"score":0.236}]""", File.ReadAllText(_folder.File("dt.json")));
        Assert.Equal(found[0], CocoDetections.Read(_folder.File("dt.json"))[0]);
    }

    [Fact]
    public void Writing_leaves_no_temporary_file_and_replaces_the_old_one()
    {
        var path = Write("dt.json", "old");
        new CocoDetections().Write(path);
        Assert.Equal("[]", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
        Assert.ThrowsAny<IOException>(() => new CocoDetections().Write(_folder.File("missing/dt.json")));
    }

    [Fact]
    public void Class_indices_are_positions_by_ascending_id()
    {
        var dataset = new CocoDataset([], [], [new CocoCategory(90, "z"), new CocoCategory(1, "a"), new CocoCategory(13, "m")]);
        Assert.Equal([0, 1, 2], new long[] { 1, 13, 90 }.Select(dataset.ClassIndexOf));
        Assert.Equal(["a", "m", "z"], dataset.ByClassIndex().Select(category => category.Name));
        Assert.Throws<ArgumentException>(() => dataset.ClassIndexOf(2));
    }

    [Fact]
    public void Annotations_of_a_picture_come_in_file_order()
    {
        var dataset = new CocoDataset(
            [],
            new long[] { 5, 7, 5, 9, 7, 5 }.Select((image, index) => new CocoAnnotation(index + 1, image, 1, default, 0)),
            []);
        Assert.Equal([1L, 3, 6], dataset.AnnotationsOf(5).ToArray().Select(annotation => annotation.Id));
        Assert.Equal([2L, 5], dataset.AnnotationsOf(7).ToArray().Select(annotation => annotation.Id));
        Assert.True(dataset.AnnotationsOf(8).IsEmpty);
    }

    private static string Instances(string image, string annotation, string category) =>
        $$"""{"images":[{{image}}],"annotations":[{{annotation}}],"categories":[{{category}}]}""";

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder.File(name), text);
        return _folder.File(name);
    }

    private CocoDataset ReadInstances(string text) => CocoDataset.Read(Write("instances.json", text));
}
