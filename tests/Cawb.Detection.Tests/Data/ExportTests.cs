using System.Text.Json.Nodes;
using Cawb.Detection.Data;

namespace Cawb.Detection.Tests.Data;

/// <summary>Data sets as labelling tools export them, each as small as can be.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly TinyFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Roboflow_names_folders_beside_the_description_as_if_they_were_above_it()
    {
        folder.Yolo("train: ../train/images\nval: ../valid/images\ntest: ../test/images\n\nnc: 2\nnames: ['car', 'dog']\n\nroboflow:\n  workspace: w\n  version: 1\n");
        folder.RequireWhole("data.yaml", ProblemKind.FoundElsewhere);
        var note = folder.Found(ProblemKind.FoundElsewhere);
        Assert.Equal(2, note.Count);
        Assert.Contains(note.Examples, example => example.Text == $"`train` names {Path.GetFullPath(folder.At("../train/images"))}, where nothing is; {folder.At("train/images")} is taken.");
    }

    [Fact]
    public void Roboflow_puts_a_coco_file_into_the_folder_of_each_part_and_counts_from_0()
    {
        folder.Picture("train/a_jpg.rf.1.jpg");
        folder.Picture("valid/b_jpg.rf.2.jpg");
        folder.Coco("train/_annotations.coco.json", ["a_jpg.rf.1.jpg"], firstId: 0);
        folder.Coco("valid/_annotations.coco.json", ["b_jpg.rf.2.jpg"], firstId: 0);
        folder.RequireWhole("");

        // COCO's evaluation never finds the annotation 0; this one has a number of its own.
        Assert.Equal([1, 2], folder.Open().Validation.GroundTruth.Annotations.Select(annotation => annotation.Id));
    }

    [Theory]
    [InlineData("Train", "Validation")]
    [InlineData("train", "val")]
    [InlineData("train2017", "val2017")]
    [InlineData("TRAIN", "Valid")]
    public void Cvat_and_datumaro_name_annotation_files_and_image_folders_after_the_subset(string train, string val)
    {
        folder.Picture($"images/{train}/a.jpg");
        folder.Picture($"images/{val}/b.jpg");
        folder.Coco($"annotations/instances_{train}.json", ["a.jpg"]);
        folder.Coco($"annotations/instances_{val}.json", ["b.jpg"]);
        folder.RequireWhole("");
    }

    [Fact]
    public void Cvat_exports_one_subset_at_a_time_and_two_exports_side_by_side_are_a_data_set()
    {
        foreach (var (part, file) in new[] { ("train", "a.jpg"), ("val", "b.jpg") })
        {
            folder.Picture($"{part}/images/default/{file}");
            folder.Coco($"{part}/annotations/instances_default.json", [file]);
        }

        folder.RequireWhole("");
    }

    [Fact]
    public void An_export_of_one_subset_alone_is_told_what_was_seen_and_how_to_name_it()
    {
        folder.Picture("images/default/a.jpg");
        folder.Coco("annotations/instances_default.json", ["a.jpg"]);
        var error = Assert.Throws<DatasetException>(() => folder.Open());
        Assert.Equal(
            "Has no annotations for the part `train`: looked for annotations/instances_train*.json, train.json and one .json file in the folder train. It has annotations/instances_default.json. Both a train and a val "
            + "part are needed; rename a file or folder to say which part it is.",
            error.Problem);
    }

    [Theory]
    [InlineData("obj_train_data/a.jpg", "obj_valid_data/b.jpg")]
    [InlineData("data/obj_train_data/a.jpg", "data/obj_valid_data/b.jpg")]
    public void Cvat_and_datumaro_describe_yolo_in_darknets_way(string train, string valid)
    {
        folder.Text("obj.data", "classes = 2\ntrain = data/train.txt\nvalid = data/valid.txt\nnames = data/obj.names\nbackup = backup/\n");
        folder.Text("obj.names", "car\ndog\n");
        folder.Text("train.txt", $"{train}\n");
        folder.Text("valid.txt", $"{valid}\n");
        folder.Picture("obj_train_data/a.jpg");
        folder.Picture("obj_valid_data/b.jpg");
        folder.Text("obj_train_data/a.txt", TinyFolder.Labels);
        folder.Text("obj_valid_data/b.txt", TinyFolder.Labels);
        folder.RequireWhole("", ProblemKind.FoundElsewhere);
        folder.RequireWhole("obj.data", ProblemKind.FoundElsewhere);
    }

    [Fact]
    public void A_darknet_description_of_the_training_part_alone_says_what_is_missing()
    {
        folder.Text("obj.data", "classes = 2\ntrain = train.txt\nnames = obj.names\nbackup = backup/\n");
        Assert.Equal(
            "Has no key `valid`; train, valid and names are needed. An export of one subset has none: list the images of the validation part in a file, and name it with `valid`.",
            Assert.Throws<DatasetException>(() => folder.Open("obj.data")).Problem);
    }

    [Fact]
    public void Cvat_and_datumaro_list_images_in_text_files_for_ultralytics()
    {
        folder.Text("data.yaml", "path: ./ # dataset root dir\ntrain: train.txt\nval: val.txt\n\n# Classes\nnames:\n  0: car\n  1: dog\n");
        foreach (var (part, name) in new[] { ("train", "a"), ("val", "b") })
        {
            folder.Text($"{part}.txt", $"data/images/{part}/{name}.jpg\n");
            folder.Picture($"images/{part}/{name}.jpg");
            folder.Text($"labels/{part}/{name}.txt", TinyFolder.Labels);
        }

        folder.RequireWhole("", ProblemKind.FoundElsewhere);
    }

    [Theory]
    [InlineData("images/a.jpg", "images/b.jpg", false)]
    [InlineData("images\\a.jpg", "images\\b.jpg", true)]
    [InlineData("/label-studio/data/upload/1/a.jpg", "/label-studio/data/upload/1/b.jpg", true)]
    public void Label_studio_names_images_with_their_folder(string train, string val, bool isNoted)
    {
        folder.Picture("images/a.jpg");
        folder.Picture("images/b.jpg");
        folder.Coco("annotations/instances_train.json", [train], firstId: 0);
        folder.Coco("annotations/instances_val.json", [val], firstId: 0);
        folder.RequireWhole("", isNoted ? [ProblemKind.FoundElsewhere] : []);
    }

    [Fact]
    public void Label_studio_exports_one_result_and_two_of_them_side_by_side_are_a_data_set()
    {
        foreach (var (part, file) in new[] { ("train", "a.jpg"), ("val", "b.jpg") })
        {
            folder.Picture($"{part}/images/{file}");
            folder.Coco($"{part}/result.json", [$"images/{file}"], firstId: 0);
        }

        folder.RequireWhole("");
    }

    [Fact]
    public void Label_studio_writes_yolo_without_a_description_and_the_way_out_is_said()
    {
        folder.Text("classes.txt", "car\ndog\n");
        folder.Text("notes.json", "{}");
        folder.Picture("images/a.jpg");
        folder.Text("labels/a.txt", TinyFolder.Labels);
        Assert.EndsWith(
            "it has neither. Its classes.txt looks like an export without a description: write data.yaml beside it, with `train` and `val` (folders of images, or text files with an image a line) and `names`, "
            + "the lines of classes.txt in their order.",
            Assert.Throws<DatasetException>(() => folder.Open()).Problem,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Via_repeats_an_annotation_for_each_of_its_attributes()
    {
        folder.Picture("train/a.jpg");
        folder.Picture("val/b.jpg");
        foreach (var (part, file) in new[] { ("train", "a.jpg"), ("val", "b.jpg") })
        {
            folder.Coco($"{part}/via_export_coco.json", [file], change: root =>
            {
                var annotations = root["annotations"]!.AsArray();
                annotations.Add(annotations[1]!.DeepClone());
            });
        }

        folder.RequireWhole("", ProblemKind.RepeatedId, ProblemKind.DuplicateBox);
    }

    [Fact]
    public void Labelme_converters_write_one_file_for_each_part_and_images_in_a_folder_of_their_own()
    {
        foreach (var (part, file) in new[] { ("train", "a.jpg"), ("val", "b.jpg") })
        {
            folder.Picture($"{part}/JPEGImages/{file}");
            folder.Coco($"{part}/annotations.json", [$"JPEGImages/{file}"], firstId: 0);
        }

        folder.RequireWhole("");
    }

    [Fact]
    public void Labelme2coco_splits_into_train_and_val_beside_the_images()
    {
        folder.Picture("a.jpg");
        folder.Picture("b.jpg");
        folder.Coco("train.json", ["a.jpg"]);
        folder.Coco("val.json", ["b.jpg"]);
        folder.RequireWhole("");
    }

    [Fact]
    public void Fiftyone_has_data_beside_labels()
    {
        foreach (var (part, file) in new[] { ("train", "a.jpg"), ("validation", "b.jpg") })
        {
            folder.Picture($"{part}/data/{file}");
            folder.Coco($"{part}/labels.json", [file], change: root =>
            {
                foreach (var category in root["categories"]!.AsArray().OfType<JsonObject>())
                {
                    category["supercategory"] = null;
                }
            });
        }

        folder.RequireWhole("");
    }

    [Fact]
    public void Fiftyone_writes_a_yolo_description_of_its_own_name()
    {
        folder.Text("dataset.yaml", $"names:\n  0: car\n  1: dog\npath: {folder.Root}\ntrain: ./images/train/\nval: ./images/val/\n");
        foreach (var (part, name) in new[] { ("train", "a"), ("val", "b") })
        {
            folder.Picture($"images/{part}/{name}.jpg");
            folder.Text($"labels/{part}/{name}.txt", TinyFolder.Labels);
        }

        folder.RequireWhole("");
    }

    [Theory]
    [InlineData("../datasets/tiny")]
    [InlineData("tiny")]
    public void Sets_of_ultralytics_lie_in_a_folder_datasets_beside_the_program(string path)
    {
        var text = $"path: {path} # dataset root dir\ntrain: images/train2017 # 128 images\nval: images/val2017\ntest: # optional\n\nnames:\n  0: car\n  1: dog\n\n# Download script/URL (optional)\ndownload: https://example.org/tiny.zip\n";
        folder.Text(path == "tiny" ? "datasets/tiny.yaml" : "yolov5/data/tiny.yaml", text);
        foreach (var (part, name) in new[] { ("train2017", "a"), ("val2017", "b") })
        {
            folder.Picture($"datasets/tiny/images/{part}/{name}.jpg");
            folder.Text($"datasets/tiny/labels/{part}/{name}.txt", TinyFolder.Labels);
        }

        folder.RequireWhole(path == "tiny" ? "datasets/tiny.yaml" : "yolov5/data/tiny.yaml", path == "tiny" ? [] : [ProblemKind.FoundElsewhere]);
    }

    [Fact]
    public void Sets_of_ultralytics_list_images_with_a_point_before_them()
    {
        folder.Text("coco.yaml", "path: .\ntrain: train2017.txt\nval: val2017.txt\nnames:\n  0: car\n  1: dog\n");
        foreach (var (part, name) in new[] { ("train2017", "a"), ("val2017", "b") })
        {
            folder.Text($"{part}.txt", $"./images/{part}/{name}.jpg\n");
            folder.Picture($"images/{part}/{name}.jpg");
            folder.Text($"labels/{part}/{name}.txt", TinyFolder.Labels);
        }

        folder.RequireWhole("");
    }

    [Fact]
    public void A_description_made_on_windows_has_backslashes()
    {
        folder.Yolo("train: train\\images\nval: .\\valid\\images\nnames: [car, dog]\n");
        folder.RequireWhole("data.yaml", ProblemKind.FoundElsewhere);
    }
}
