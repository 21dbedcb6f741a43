namespace Cawb.Coco.Tests;

public sealed class CheckTests
{
    private static readonly CocoImage Picture = new(1, 100, 50, "1.png");
    private static readonly CocoCategory Thing = new(1, "thing");

    [Fact]
    public void A_sound_data_set_has_no_problems()
    {
        var check = new CocoDataset([Picture], [Label(1, 0, 0, 100.9, 50.9), Label(2, -0.9, 3, 4, 5)], [Thing]).Check();
        Assert.Empty(check.Counts);
        Assert.Empty(check.Examples);
        check.ThrowIfUnfitForTraining();
    }

    public static TheoryData<CocoProblemKind, string> Annotations => new()
    {
        { CocoProblemKind.DuplicateAnnotationId, "Annotation 1 has the id of annotations[0]; ids must differ." },
        { CocoProblemKind.UnknownImage, "Annotation 2 has the image 7, which the file does not list." },
        { CocoProblemKind.UnknownCategory, "Annotation 2 has the category 7, which the file does not list." },
        { CocoProblemKind.NegativeBox, "Annotation 2 has the box [0, 0, -1, 4]; width and height must not be negative." },
        { CocoProblemKind.BoxOutside, "Annotation 2 has the box [101, 0, 3, 4], which lies outside image 1 of 100 x 50 pixels." },
        { CocoProblemKind.EmptyBox, "Annotation 2 has the box [0, 0, 0, 4]; width and height should be more than 0." },
        { CocoProblemKind.BoxSticksOut, "Annotation 2 has the box [98.5, 0, 3, 4], which sticks out of image 1 of 100 x 50 pixels." },
        { CocoProblemKind.RepeatedBox, "Annotation 2 repeats a box of category 1 in image 1." },
        { CocoProblemKind.AnnotationIdZero, "Annotation 0 can never count as found by COCO's evaluation; count ids from 1." },
        { CocoProblemKind.NegativeArea, "Annotation 2 has the area -1; it must be 0 or more." },
    };

    [Theory]
    [MemberData(nameof(Annotations))]
    public void Each_fault_of_an_annotation_is_reported_alone(CocoProblemKind kind, string message)
    {
        var faulty = kind switch
        {
            CocoProblemKind.DuplicateAnnotationId => Label(1, 5, 5, 5, 5),
            CocoProblemKind.UnknownImage => new CocoAnnotation(2, 7, 1, new CocoBox(0, 0, 3, 4), 12),
            CocoProblemKind.UnknownCategory => new CocoAnnotation(2, 1, 7, new CocoBox(0, 0, 3, 4), 12),
            CocoProblemKind.NegativeBox => Label(2, 0, 0, -1, 4),
            CocoProblemKind.BoxOutside => Label(2, 101, 0, 3, 4),
            CocoProblemKind.EmptyBox => Label(2, 0, 0, 0, 4),
            CocoProblemKind.BoxSticksOut => Label(2, 98.5, 0, 3, 4),
            CocoProblemKind.RepeatedBox => Label(2, 1, 1, 2, 2),
            CocoProblemKind.AnnotationIdZero => Label(0, 5, 5, 5, 5),
            CocoProblemKind.NegativeArea => new CocoAnnotation(2, 1, 1, new CocoBox(0, 0, 3, 4), -1),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
        var check = new CocoDataset([Picture], [Label(1, 1, 1, 2, 2), faulty], [Thing]).Check();
        var problem = Assert.Single(check.Examples);
        Assert.Equal(kind, problem.Kind);
        Assert.Equal(message, problem.Message);
        Assert.Equal("$.annotations[1]", problem.JsonPath);
        Assert.Equal(1, check.Counts[kind]);
        Assert.Equal(problem.IsError ? (1, 0) : (0, 1), (check.ErrorCount, check.WarningCount));
    }

    [Fact]
    public void Faults_of_pictures_and_categories_are_reported()
    {
        var check = new CocoDataset(
            [Picture, new CocoImage(1, 1, 1, "2.png"), new CocoImage(3, 1, 1, "1.png"), new CocoImage(4, 0, 1, "4.png")],
            [],
            [Thing, new CocoCategory(1, "other"), new CocoCategory(2, "thing")]).Check();
        Assert.Equal(
            [
                "Category 1 (\"other\") has the id of \"thing\"; ids must differ.",
                "Category 2 has the name \"thing\" of category 1.",
                "Image 1 (\"2.png\") has the id of \"1.png\"; ids must differ.",
                "Image 3 has the file name \"1.png\" of image 1.",
                "Image 4 is 0 x 1 pixels; both must be 1 or more.",
            ],
            check.Examples.Select(problem => problem.Message));
        Assert.Equal((3, 2), (check.ErrorCount, check.WarningCount));
    }

    [Fact]
    public void Everything_is_counted_but_only_the_first_examples_are_kept()
    {
        var check = new CocoDataset([Picture], Enumerable.Range(1, 500).Select(id => new CocoAnnotation(id, 2, 1, new CocoBox(id, 1, 1, 1), 1)), [Thing]).Check();
        Assert.Equal(500, check.Counts[CocoProblemKind.UnknownImage]);
        Assert.Equal(CocoCheck.ExamplesPerKind, check.Examples.Count);
    }

    [Fact]
    public void Training_refuses_a_file_with_the_first_error_its_place_and_the_counts()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("instances.json");
        File.WriteAllText(path, """
            {"images":[{"id":1,"width":100,"height":50,"file_name":"1.png"}],"categories":[{"id":1,"name":"thing"}],
            "annotations":[
              {"id":1,"image_id":1,"category_id":1,"bbox":[0,0,0,5],"area":1},
              {"id":2,"image_id":5,"category_id":1,"bbox":[0,0,5,5],"area":1},
              {"id":3,"image_id":5,"category_id":1,"bbox":[0,0,6,5],"area":1},
              {"id":4,"image_id":1,"category_id":1,"bbox":[0,0,-6,5],"area":1}]}
            """);
        var fault = Assert.Throws<CocoFormatException>(() => CocoDataset.ReadForTraining(path));
        Assert.Equal(
            $"{path}, line 4, column 3 ($.annotations[1]): Annotation 2 has the image 5, which the file does not list. Correct this before "
            + "training. In all the file has 2 annotations of unknown images, 1 box of negative size.",
            fault.Message);
    }

    [Fact]
    public void Training_takes_a_file_that_has_only_what_the_trainer_has_a_rule_for()
    {
        using var folder = new TemporaryFolder();
        new CocoDataset([Picture], [Label(1, 0, 0, 0, 5), Label(2, 98.5, 0, 3, 4)], [Thing]).Write(folder.File("instances.json"));
        Assert.Equal(2, CocoDataset.ReadForTraining(folder.File("instances.json")).Check().WarningCount);
    }

    private static CocoAnnotation Label(long id, double x, double y, double width, double height) =>
        new(id, 1, 1, new CocoBox(x, y, width, height), 1);
}
