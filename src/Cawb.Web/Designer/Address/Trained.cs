namespace Cawb.Web.Designer.Address;

/// <summary>Whether schedules are shown alone or as a training uses them.</summary>
public enum Trained
{
    /// <summary>The schedule alone.</summary>
    No,

    /// <summary>All parameter groups, with YOLOv5's warm-up under its own schedules, as <c>cawb plot --as-trained</c> shows them.</summary>
    Usual,

    /// <summary>All parameter groups, with YOLOv5's warm-up under every schedule.</summary>
    Yolov5,
}
