using Cawb.Training;

namespace Cawb.Cli.Typing;

/// <summary>Words that a command takes by their order, or behind a flag as YOLOv5 has them.</summary>
/// <param name="command">Its name.</param>
/// <param name="words">Those without a flag, in their order.</param>
internal sealed class GivenWords(string command, IEnumerable<string?> words)
{
    private readonly Queue<string> left = new(words.OfType<string>());

    /// <summary>Those that are not taken yet.</summary>
    public IReadOnlyCollection<string> Left => left;

    /// <summary>The flag's value where it was typed, else the next word.</summary>
    /// <exception cref="InputException">There is neither.</exception>
    public string Take(string? typed, string what, string flag) => typed
        ?? (left.TryDequeue(out var word) ? word : throw new InputException($"cawb {command} needs {what}, by itself or behind {flag}. See: cawb {command} --help"));

    /// <exception cref="InputException">Words are left.</exception>
    public void RequireNoneLeft()
    {
        if (left.TryPeek(out var word))
        {
            throw new InputException($"cawb {command} does not know what '{word}' is for: everything it takes is given. Leave it out. See: cawb {command} --help");
        }
    }
}
