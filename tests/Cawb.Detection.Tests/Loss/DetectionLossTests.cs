using System.Text.Json;
using Cawb.Detection.Data;
using Cawb.Detection.Loss;
using Cawb.Detection.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace Cawb.Detection.Tests.Loss;

public sealed class DetectionLossTests
{
    [Theory]
    [InlineData(ScalarType.Float64, 1e-9, 1e-8)]
    [InlineData(ScalarType.Float32, 2e-5, 1e-4)]
    public void Synthetic_maps_give_the_reference_terms_rows_and_gradients(ScalarType type, double tolerance, double gradientTolerance)
    {
        foreach (var file in ReferenceFile.All("loss_raw.json"))
        {
            foreach (var test in file.Items("cases"))
            {
                using var scope = NewDisposeScope();
                var maps = Maps(file.GetProperty("seed").GetUInt64(), test, type);
                var labels = ReferenceModel.Labels(test.GetProperty("targets"));
                var loss = new DetectionLoss(AnchorSet.Coco, test.Integer("nc"), Gains(test.GetProperty("options")));
                var result = loss.Compute(maps, labels);

                CheckTerms(test, result, tolerance);
                CheckLevels(test, loss, maps, labels, tolerance);
                result.Total.backward();
                CheckGradients(test, maps, gradientTolerance);
            }
        }
    }

    [Theory]
    [InlineData(ScalarType.Float64, 1e-9, 1e-7)]
    [InlineData(ScalarType.Float32, 2e-5, 2e-3)]
    public void The_whole_network_gives_the_reference_loss_and_the_gradient_of_every_tensor(ScalarType type, double tolerance, double gradientTolerance)
    {
        foreach (var file in ReferenceFile.All("loss_model.json"))
        {
            using var model = ReferenceModel.Create(type);
            model.SetRequiresGrad(true);
            using var scope = NewDisposeScope();
            var gains = file.GetProperty("gains");
            var loss = new DetectionLoss(model.Anchors, model.ClassCount, new LossGains
            {
                Box = gains.Number("box"),
                Objectness = gains.Number("obj"),
                Class = gains.Number("cls"),
                AnchorRatio = file.Number("anchor_ratio"),
                LabelSmoothing = file.Number("label_smoothing"),
            });
            var maps = model.Forward(ReferenceModel.Images(file.GetProperty("image"), type), training: true);
            var result = loss.Compute(maps, ReferenceModel.Labels(file.GetProperty("targets")));
            CheckTerms(file, result, tolerance);

            result.Total.backward();
            foreach (var expected in file.Items("gradients"))
            {
                var name = expected.Text("name");
                var gradient = model.Tensors.Single(tensor => tensor.Name == name).Value.grad ?? throw new InvalidOperationException($"{name} has no gradient.");
                var values = gradient.contiguous().to(ScalarType.Float64).data<double>().ToArray();
                var norm = expected.Number("l2");
                Digest.Near(norm, Math.Sqrt(values.Sum(value => value * value)), gradientTolerance * norm, $"{name}: norm");
                Digest.Near(expected.Number("sum"), values.Sum(), gradientTolerance * norm * Math.Sqrt(values.Length), $"{name}: sum");
                foreach (var (want, got) in expected.GetProperty("head").Numbers().Zip(values))
                {
                    Digest.Near(want, got, gradientTolerance * norm, name);
                }
            }
        }
    }

    private static void CheckTerms(JsonElement expected, LossResult result, double tolerance)
    {
        Digest.Near(expected.Number("box"), result.Box, tolerance, "box");
        Digest.Near(expected.Number("obj"), result.Objectness, tolerance, "objectness");
        Digest.Near(expected.Number("cls"), result.Class, tolerance, "class");
        Digest.Near(expected.Number("total"), result.Total.detach().ToDouble(), tolerance * Math.Max(1, expected.Number("total")), "total");
    }

    private static void CheckLevels(JsonElement test, DetectionLoss loss, Tensor[] maps, LabelRow[] labels, double tolerance)
    {
        foreach (var (expected, level) in test.Items("per_level").Select((terms, level) => (terms, level)))
        {
            using var scope = NewDisposeScope();
            var rows = new List<Assignment>();
            loss.Assign((int)maps[level].size(2), (int)maps[level].size(3), maps[level].dtype, level, labels, rows);
            Assert.Equal(expected.Integer("n"), rows.Count);
            var (box, objectness, @class) = loss.LevelTerms(maps[level], level, rows);
            Digest.Near(expected.Number("box"), box?.detach().ToDouble() ?? 0, tolerance, $"{test.Text("name")}: box of level {level}");
            Digest.Near(expected.Number("obj"), objectness.detach().ToDouble(), tolerance, $"{test.Text("name")}: objectness of level {level}");
            Digest.Near(expected.Number("cls"), @class?.detach().ToDouble() ?? 0, tolerance, $"{test.Text("name")}: class of level {level}");
        }
    }

    private static void CheckGradients(JsonElement test, Tensor[] maps, double tolerance)
    {
        foreach (var (expected, map) in test.Items("raw_gradient").Zip(maps))
        {
            Digest.Equal(expected, map.grad ?? throw new InvalidOperationException("No gradient."), tolerance, test.Text("name"));
        }
    }

    private static Tensor[] Maps(ulong seed, JsonElement test, ScalarType type) =>
        [.. test.Items("shapes").Zip(test.Items("k_of_level")).Select(level =>
        {
            var shape = level.First.Integers();
            var map = ReferenceModel.Stream(
                seed, level.Second.GetUInt64(), test.Number("low"), test.Number("high"), [test.Integer("batch"), 3, shape[0], shape[1], 5 + test.Integer("nc")], type);
            map.requires_grad = true;
            return map;
        })];

    private static LossGains Gains(JsonElement options) => new()
    {
        Box = options.Number("box"),
        Objectness = options.Number("obj"),
        Class = options.Number("cls"),
        AnchorRatio = options.Number("ratio"),
        LabelSmoothing = options.Number("smooth"),
        ClassPositiveWeight = options.Number("cls_pw"),
        ObjectnessPositiveWeight = options.Number("obj_pw"),
        FocalGamma = options.Number("gamma"),
    };
}
