using System.CommandLine;
using Cawb.Cli.Schedules;
using Cawb.Coco;
using Cawb.Reports.Charts;
using Cawb.Reports.Files;
using Cawb.Training;

namespace Cawb.Cli.Commands;

/// <summary><c>cawb coco-eval</c>: average precision of a result file by COCO's rules.</summary>
internal static class CocoEvalCommand
{
    // What changes the numbers without being visible in them.
    private static readonly CocoProblemKind[] WorthANote =
    [
        CocoProblemKind.DuplicateAnnotationId, CocoProblemKind.UnknownImage, CocoProblemKind.UnknownCategory, CocoProblemKind.AnnotationIdZero,
        CocoProblemKind.MissingArea,
    ];

    private const string Help = """
        Evaluates detections by COCO's rules. It prints the twelve numbers, each class and overlap, what was taken for what, and precision-recall curves.

        Example:
          cawb coco-eval --gt annotations/instances_val2017.json --dt detections.json
        """;

    public static Command Create()
    {
        var truth = new Option<string>("--gt") { Description = "The ground truth: an instances file (JSON).", Required = true, HelpName = "FILE" };
        var found = new Option<string>("--dt") { Description = "The detections: a result file (JSON).", Required = true, HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Print all numbers as JSON, unrounded, instead of lines and a table." };
        var curves = new Option<string>("--curves")
        {
            Description = "Where to draw the precision-recall curves (.svg, .html, .png or .txt). Without it: beside the detections, with the ending .curves.svg, but not with --json.",
            DefaultValueFactory = _ => "",
            HelpName = "FILE",
        };
        var noCurves = new Option<bool>("--no-curves") { Description = "Draw nothing unless --curves says so." };
        var ofClass = new Option<string>("--class")
        {
            Description = "Draw the curves of this class, by its name, instead of the mean over all classes.",
            DefaultValueFactory = _ => "",
            HelpName = "NAME",
        };
        var confusionScore = ConfusionReport.ScoreOption();
        var threads = new Option<int>("--threads")
        {
            Description = "How many threads may work; the numbers do not depend on it.",
            DefaultValueFactory = _ => Environment.ProcessorCount,
            HelpName = "N",
        };
        var command = new Command("coco-eval", Help)
        {
            truth, found, json, curves, noCurves, ofClass, confusionScore, threads,
        };
        command.SetAction(result =>
        {
            var drawsNone = (result.GetValue(json) || result.GetValue(noCurves)) && (result.GetValue(curves) ?? "").Length == 0;
            UselessFlags.Refuse(result, drawsNone, "no curves are drawn; name a file with --curves", ofClass);
            UselessFlags.Refuse(result, result.GetValue(json) || (result.GetValue(curves) ?? "").Length > 0, "curves are drawn here only where --curves says so", noCurves);
            var request = new Request(
                result.GetRequiredValue(truth),
                result.GetRequiredValue(found),
                result.GetValue(json),
                result.GetValue(curves) ?? "",
                result.GetValue(noCurves) || result.GetValue(json),
                result.GetValue(ofClass) ?? "",
                result.GetValue(confusionScore),
                result.GetValue(threads));
            return Run(request, result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        });
        return command;
    }

    private static int Run(Request request, TextWriter output, TextWriter notes)
    {
        if (request.Threads < 1)
        {
            throw new InputException($"--threads is {request.Threads}; it must be 1 or more.");
        }

        ConfusionReport.RequireScore(request.ConfusionScore);
        if (request.CurvesPath.Length > 0 && !ChartFile.CanWrite(request.CurvesPath))
        {
            throw new InputException($"--curves {request.CurvesPath}: charts of this kind are not known. Let the name end in {string.Join(", ", ChartFile.Extensions)}.");
        }

        var truth = Read("--gt", request.TruthPath, path => CocoDataset.Read(path, CocoReading.ForEvaluation));
        var found = Read("--dt", request.FoundPath, path => CocoDetections.Read(path, truth));
        var evaluation = CocoEvaluator.Evaluate(truth, found, new CocoEvaluationOptions(request.Threads));
        var drawn = Drawn(evaluation, request.ClassName);
        WriteNotes(truth, found, notes);
        var confusion = CocoConfusionMatrix.Count(truth, found, request.ConfusionScore);
        output.Write(request.IsJson
            ? CocoEvalReport.Json(evaluation, truth, found, confusion, request.ConfusionScore)
            : CocoEvalReport.Text(evaluation, truth, confusion, request.ConfusionScore));
        Draw(request, CocoEvalReport.Curves(evaluation, drawn, request.ClassName), request.IsJson ? notes : output, notes);
        return ExitCode.Done;
    }

    private static void Draw(Request request, Chart chart, TextWriter output, TextWriter notes)
    {
        if (request.CurvesPath.Length > 0)
        {
            ChartFile.Write(chart, request.CurvesPath, ChartSize.Readme);
            output.WriteLine($"Precision-recall curves: {request.CurvesPath}");
            return;
        }

        if (request.HasNoDefaultCurves)
        {
            return;
        }

        // Nobody asked for this file, so a folder that cannot be written to is worth a note only.
        var beside = Path.ChangeExtension(request.FoundPath, ".curves.svg");
        try
        {
            ChartFile.Write(chart, beside, ChartSize.Readme);
            output.WriteLine($"Precision-recall curves: {beside}");
        }
        catch (FileException fault)
        {
            notes.WriteLine($"Note: the precision-recall curves are not drawn; --curves FILE draws them elsewhere. {fault.Message}");
        }
    }

    private static T Read<T>(string option, string path, Func<string, T> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{option} {path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The classes whose mean curve is drawn.</summary>
    private static CocoCategoryEvaluation[] Drawn(CocoEvaluation evaluation, string className)
    {
        if (className.Length == 0)
        {
            return [.. evaluation.Categories.Where(category => category.HasTruth)];
        }

        var named = evaluation.Categories.Where(category => category.Category.Name == className).ToArray();
        return named.Length > 0
            ? [.. named.Where(category => category.HasTruth)]
            : throw new InputException(
                $"--class {className}: the ground truth has no such class. It has {string.Join(", ", evaluation.Categories.Take(8).Select(category => category.Category.Name))}"
                + (evaluation.Categories.Count > 8 ? $" and {evaluation.Categories.Count - 8} more." : "."));
    }

    private static void WriteNotes(CocoDataset truth, CocoDetections found, TextWriter notes)
    {
        var check = truth.Check();
        foreach (var kind in WorthANote)
        {
            if (check.Counts.TryGetValue(kind, out var count))
            {
                var first = check.Examples.First(problem => problem.Kind == kind);
                notes.WriteLine($"Note: the ground truth has {CocoCheck.Describe(kind, count)}, which changes the numbers. The first: {first}");
            }
        }

        var known = truth.Categories.Select(category => category.Id).ToHashSet();
        var dropped = 0;
        for (var i = 0; i < found.Count; i++)
        {
            dropped += known.Contains(found[i].CategoryId) ? 0 : 1;
        }

        if (dropped > 0)
        {
            notes.WriteLine($"Note: {dropped} of {found.Count} detections have categories that the ground truth does not list; they are left out.");
        }
    }

    private sealed record Request(string TruthPath, string FoundPath, bool IsJson, string CurvesPath, bool HasNoDefaultCurves, string ClassName, double ConfusionScore, int Threads);
}
