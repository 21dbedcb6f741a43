using System.CommandLine;

namespace Cawb.Cli;

internal static class Program
{
    private static int Main(string[] args)
    {
        var root = new RootCommand("Learning-rate schedules with warm boots, and a YOLOv5 trainer that shows what a schedule does.");
        return root.Parse(args).Invoke();
    }
}
