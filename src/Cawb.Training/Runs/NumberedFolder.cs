using System.Globalization;

namespace Cawb.Training.Runs;

/// <summary>The names that a new folder may have while others are taken, as in YOLOv5.</summary>
public static class NumberedFolder
{
    /// <summary>The paths <c>PARENT/NAME</c>, <c>PARENT/NAME2</c>, <c>PARENT/NAME3</c> and so on at which there is nothing, without end.</summary>
    /// <param name="parent">Need not exist.</param>
    /// <param name="name">Such as <c>exp</c>.</param>
    public static IEnumerable<string> Free(string parent, string name)
    {
        for (var number = 1; ; number++)
        {
            var path = Path.Combine(parent, number == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}{number}"));
            if (!Path.Exists(path))
            {
                yield return path;
            }
        }
    }
}
