using System.Globalization;
using Cawb.Reports.Files;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Cawb.Training.Options;

/// <summary>Reads the pairs of key and value of a YAML file of hyper-parameters, as YOLOv5 has them.</summary>
internal static class HyperParameterYaml
{
    // Such files have a page; more is something else.
    private const long MostBytes = 1_000_000;

    /// <summary>Keys and values in the order of the file, each with the place of its value.</summary>
    /// <exception cref="FileException">The file cannot be read, or is no list of keys with plain values.</exception>
    public static IReadOnlyList<(string Key, string Value, string Place)> Read(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MostBytes })
            {
                throw new FileException(path, "is too long for a file of hyper-parameters. Name another one.");
            }

            using var reader = new StreamReader(path);
            return Pairs(path, new Parser(reader));
        }
        catch (YamlException fault)
        {
            throw new FileException(path, $"{Place(fault.Start)}: this is no valid YAML: {fault.Message.TrimEnd('.')}. Write key: value, one a line.", fault);
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            throw FileFault.OfReading(path, fault);
        }
    }

    // Event by event: a file that nests deeply is refused at its first bracket.
    private static List<(string Key, string Value, string Place)> Pairs(string path, Parser parser)
    {
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _) || !parser.TryConsume<MappingStart>(out _))
        {
            throw new FileException(path, "holds no hyper-parameters. Write key: value, one a line, such as lr0: 0.01.");
        }

        var pairs = new List<(string, string, string)>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = Plain(path, parser);
            var value = Plain(path, parser);
            pairs.Add((key.Value, value.Value, Place(value.Start)));
        }

        parser.Consume<DocumentEnd>();
        return parser.TryConsume<StreamEnd>(out _) ? pairs : throw new FileException(path, "holds several documents; a file of hyper-parameters has one. Leave the others out.");
    }

    private static Scalar Plain(string path, Parser parser) => parser.TryConsume<Scalar>(out var scalar)
        ? scalar
        : throw new FileException(path, $"{Place(parser.Current?.Start ?? Mark.Empty)}: a hyper-parameter is a plain number, or true or false. Write key: value, one a line.");

    private static string Place(Mark mark) => string.Create(CultureInfo.InvariantCulture, $"line {mark.Line}, column {mark.Column}");
}
