namespace Cawb.Cli.Typing;

/// <summary>The command that a word was probably meant to be: by what it means elsewhere, else by its letters.</summary>
internal static class MeantCommand
{
    private static readonly (string[] Typed, string Meant)[] Elsewhere =
    [
        (["test", "eval", "evaluate", "validate", "validation"], "val"),
        (["predict", "infer", "inference", "track"], "detect"),
        (["fit", "resume", "segment", "classify"], "train"),
        (["benchmark", "experiment", "sweep", "tune", "evolve"], "compare"),
        (["list", "ls", "status"], "runs"),
        (["check", "dataset", "anchors", "autoanchor"], "data"),
        (["show", "draw", "graph"], "plot"),
        (["lr-find", "lrfind", "find_lr", "lr_find"], "find-lr"),
        (["model", "summary"], "info"),
    ];

    /// <summary>A question that proposes it, with a space in front; empty where none is near.</summary>
    /// <param name="word">As it was typed.</param>
    /// <param name="names">Of the commands there are.</param>
    public static string Answer(string word, IReadOnlyCollection<string> names)
    {
        // YOLOv5's commands are scripts.
        var bare = word.EndsWith(".py", StringComparison.OrdinalIgnoreCase) ? word[..^3] : word;
        var meant = names.Contains(bare) ? bare : Array.Find(Elsewhere, row => row.Typed.Contains(bare, StringComparer.OrdinalIgnoreCase)).Meant;
        return meant is not null && names.Contains(meant) ? $" Did you mean '{meant}'?" : NearestName.Suggestion(bare, names);
    }
}
