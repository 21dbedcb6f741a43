using System.Globalization;

namespace TrainSpeed;

/// <summary>What is measured; the same names and defaults as in train_speed.py.</summary>
internal sealed record Options
{
    /// <summary>n or s.</summary>
    public string Model { get; init; } = "n";

    public int Batch { get; init; } = 16;

    public int Size { get; init; } = 96;

    public int Threads { get; init; } = 2;

    public int Classes { get; init; } = 10;

    public int Boxes { get; init; } = 6;

    public bool ChannelsLast { get; init; } = true;

    /// <summary>A COCO-format data set that is loaded and augmented while training; empty for ready-made tensors.</summary>
    public string Data { get; init; } = "";

    public static Options Parse(string[] arguments)
    {
        var options = new Options();
        for (var i = 0; i < arguments.Length; i += 2)
        {
            var value = i + 1 < arguments.Length ? arguments[i + 1] : throw new ArgumentException($"{arguments[i]} needs a value.");
            options = arguments[i] switch
            {
                "--model" => options with { Model = value },
                "--batch" => options with { Batch = Number(value) },
                "--size" => options with { Size = Number(value) },
                "--threads" => options with { Threads = Number(value) },
                "--classes" => options with { Classes = Number(value) },
                "--boxes" => options with { Boxes = Number(value) },
                "--layout" => options with { ChannelsLast = value == "channels-last" },
                "--data" => options with { Data = value },
                _ => throw new ArgumentException($"There is no option {arguments[i]}."),
            };
        }

        return options;
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
