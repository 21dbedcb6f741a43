using Cawb.Training.Pictures;
using Cawb.Training.Runs;

namespace Cawb.Training.Tests.Pictures;

public class YoloResultsTests
{
    [Fact]
    public void Every_number_stands_under_YOLOv5_s_name_and_epochs_count_from_0()
    {
        var values = TrainingRun.Columns.Values.Select((_, i) => i == 0 ? "1" : $"0.{i}");
        var metrics = MetricsTable.Parse("m", $"{string.Join(',', TrainingRun.Columns.All)}\n{string.Join(',', values)},1,2,3,4\n");
        var lines = YoloResults.Csv(metrics).Split('\n');
        Assert.Equal(
            "epoch,train/box_loss,train/obj_loss,train/cls_loss,metrics/precision,metrics/recall,metrics/mAP_0.5,metrics/mAP_0.5:0.95,val/box_loss,val/obj_loss,val/cls_loss,x/lr0,x/lr1,x/lr2", lines[0]);
        // Columns of metrics.csv in their order: 1 rate, 2 to 4 losses, 5 to 7 COCO's AP, 8 to 10 losses of the validation, 11 and 12 P and R, 13 and 14 mAP, 15 and 16 the other rates.
        Assert.Equal("0,0.2,0.3,0.4,0.11,0.12,0.13,0.14,0.8,0.9,0.1,0.15,0.1,0.16", lines[1]);
        Assert.Equal([""], lines[2..]);
    }
}
