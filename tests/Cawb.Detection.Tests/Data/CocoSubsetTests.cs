using System.Security.Cryptography;
using Cawb.Detection.Data;

namespace Cawb.Detection.Tests.Data;

public sealed class CocoSubsetTests : IDisposable
{
    private readonly PaintedDataset _painted = PaintedDataset.CreateSeven();
    private readonly string _folder = Directory.CreateTempSubdirectory("cawb-subset-").FullName;

    public void Dispose()
    {
        _painted.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_subset_is_a_data_set_of_its_own_with_ids_and_their_hashes()
    {
        var target = Path.Combine(_folder, "few");
        var (training, validation, isLinked) = CocoSubset.Create(_painted.Folder, target, 3, 2, seed: 0);
        Assert.True(isLinked);
        var data = DetectionData.Open(target, CancellationToken.None);
        Assert.Equal((3, 2), (data.Training.Images.Count, data.Validation.Images.Count));
        Assert.Equal(7, data.ClassNames.Count);
        var list = File.ReadAllBytes(Path.Combine(target, "train-ids.txt"));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(list)), training);
        Assert.Equal(data.Training.Images.Select(image => $"{image.Id}"), File.ReadLines(Path.Combine(target, "train-ids.txt")));
        Assert.Contains(validation, File.ReadAllText(Path.Combine(target, "subset.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_no_links_can_be_made_the_drawn_pictures_are_copied_and_nothing_else_differs()
    {
        var linked = CocoSubset.Create(_painted.Folder, Path.Combine(_folder, "linked"), 3, 2, seed: 0);
        var target = Path.Combine(_folder, "copied");

        var copied = CocoSubset.Create(_painted.Folder, target, 3, 2, seed: 0, (_, _) => throw new IOException("A required privilege is not held by the client."));

        Assert.Equal(linked with { IsLinked = false }, copied);
        Assert.Equal(3, Directory.GetFiles(Path.Combine(target, "images", "train")).Length);
        var data = DetectionData.Open(target, CancellationToken.None);
        Assert.Equal((3, 2), (data.Training.Images.Count, data.Validation.Images.Count));
    }

    [Fact]
    public void The_same_seed_draws_the_same_pictures_and_another_seed_others()
    {
        var hashes = new[] { 0UL, 0UL, 1UL, 2UL }.Select((seed, i) => CocoSubset.Create(_painted.Folder, Path.Combine(_folder, $"{i}"), 3, 3, seed).Training).ToArray();
        Assert.Equal(hashes[0], hashes[1]);
        Assert.True(hashes.Distinct().Count() > 1);
    }

    [Fact]
    public void What_an_interrupted_draw_left_is_made_anew_and_the_pictures_that_it_links_to_stay()
    {
        var target = Path.Combine(_folder, "few");
        var left = Path.Combine(_folder, $".few.{Environment.MachineName.ToLowerInvariant()}_{int.MaxValue}-1-1.partial");
        Directory.CreateDirectory(Path.Combine(left, "images"));
        Directory.CreateSymbolicLink(Path.Combine(left, "images", "train"), Path.Combine(_painted.Folder, "images"));
        var pictures = Directory.GetFiles(Path.Combine(_painted.Folder, "images"), "*", SearchOption.AllDirectories).Length;

        CocoSubset.Create(_painted.Folder, target, 3, 2, seed: 0);

        Assert.Equal([target], Directory.GetFileSystemEntries(_folder));
        Assert.Equal(pictures, Directory.GetFiles(Path.Combine(_painted.Folder, "images"), "*", SearchOption.AllDirectories).Length);
        Assert.Equal(3, DetectionData.Open(target, CancellationToken.None).Training.Images.Count);
    }

    [Fact]
    public void More_pictures_than_there_are_and_a_folder_in_use_are_refused()
    {
        Assert.Contains("7 images; 8 cannot be drawn", Assert.Throws<DatasetException>(() => CocoSubset.Create(_painted.Folder, Path.Combine(_folder, "many"), 8, 1, 0)).Problem, StringComparison.Ordinal);
        Assert.Throws<DatasetException>(() => CocoSubset.Create(_painted.Folder, _painted.Folder, 1, 1, 0));
        Assert.False(Directory.Exists(Path.Combine(_folder, "many")));
    }
}
