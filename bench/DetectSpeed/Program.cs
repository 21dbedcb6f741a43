using System.Globalization;
using Cawb.Coco;
using Cawb.Detection.Model;
using Cawb.Detection.Weights;
using static TorchSharp.torch;

// DetectSpeed PHOTOS COUNT SIZE FOLDER: a data set of the first photos and a network of random weights, for detect_speed_compare.py.
var (photos, count, size, folder) = (args[0], int.Parse(args[1], CultureInfo.InvariantCulture), args[2], args[3]);
var all = CocoDataset.Read(Path.Combine(photos, "annotations", "instances_train.json"));
var images = all.Images.Take(count).ToArray();
var ids = images.Select(image => image.Id).ToHashSet();
var (labels, files) = (Directory.CreateDirectory(Path.Combine(folder, "photos", "annotations")).FullName, Directory.CreateDirectory(Path.Combine(folder, "photos", "images", "val")).FullName);
foreach (var image in images)
{
    File.CreateSymbolicLink(Path.Combine(files, image.FileName), Path.Combine(photos, "images", "train", image.FileName));
}

// Both parts have the same images, since a data set needs both; only the one is used.
File.CreateSymbolicLink(Path.Combine(folder, "photos", "images", "train"), files);
var part = new CocoDataset(images, all.Annotations.Where(label => ids.Contains(label.ImageId)), all.Categories);
part.Write(Path.Combine(labels, "instances_val.json"));
part.Write(Path.Combine(labels, "instances_train.json"));

using var model = new YoloModel(ModelSize.FromName(size), all.Categories.Count, AnchorSet.Coco);
WeightInitializer.Initialize(model, seed: 0);

// A trained network is sure that nearly all cells hold nothing; one of random weights would keep suppression busy with every one of them.
using (no_grad())
{
    foreach (var bias in model.Tensors.Where(tensor => tensor.Role == ParameterRole.HeadBias))
    {
        bias.Value.view(AnchorSet.PerLevel, 5 + model.ClassCount).select(1, 4).sub_(tensor(1f));
    }
}

using var stream = File.Create(Path.Combine(folder, "weights.safetensors"));
WeightFile.Write(stream, model, [.. all.Categories.Select(category => category.Name)], imageSize: 640);
