namespace Cawb.Web.Folder;

/// <summary>The folder with runs and comparisons, as pages see it: read, never written, and nothing outside it.</summary>
/// <remarks>
/// While somebody watches it is looked at once a second, for runs may be trained on other hosts and network file systems tell nobody of changes. A look asks the file system for times and
/// lengths, and reads what has changed; it is never done on a page's own thread.
/// </remarks>
public sealed class RunsFolder : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly TimeProvider time;
    private readonly FolderLook look;
    private readonly Lock gate = new();
    private readonly List<Action<FoundRuns>> watchers = [];
    private Task<FoundRuns>? looking;
    private ITimer? timer;
    private FoundRuns latest;
    private bool hasLooked;

    /// <summary>A folder that nobody has looked at.</summary>
    /// <param name="options">Which folder.</param>
    /// <param name="time">Where time comes from.</param>
    public RunsFolder(ServeOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        this.time = time;
        Path = System.IO.Path.GetFullPath(options.RunsFolder);
        look = new FolderLook(Path);
        Details = new FolderDetails(options);
        latest = new FoundRuns(0, time.GetUtcNow(), [], [], "", false);
    }

    /// <summary>Whole path.</summary>
    public string Path { get; }

    /// <summary>What pages show of single runs and comparisons.</summary>
    public FolderDetails Details { get; }

    /// <summary>Whether anybody watches.</summary>
    public bool IsWatched
    {
        get
        {
            lock (gate)
            {
                return watchers.Count > 0;
            }
        }
    }

    /// <summary>What is in the folder.</summary>
    /// <param name="age">What was found so long ago is good enough.</param>
    public Task<FoundRuns> FoundAsync(TimeSpan age)
    {
        lock (gate)
        {
            return hasLooked && time.GetUtcNow() - latest.Time <= age ? Task.FromResult(latest) : LookAsync();
        }
    }

    /// <summary>Looks now; who asks while somebody looks already gets what that look finds.</summary>
    public Task<FoundRuns> LookAsync()
    {
        lock (gate)
        {
            return looking is { IsCompleted: false } ? looking : looking = Task.Run(Look);
        }
    }

    /// <summary>Is told of every look, once a second, until it is disposed of. The first who watches starts the looks, the last who leaves ends them.</summary>
    /// <param name="looked">Gets what was found. Called on a thread of the looks': it must hand over and return.</param>
    public IDisposable Watch(Action<FoundRuns> looked)
    {
        ArgumentNullException.ThrowIfNull(looked);
        lock (gate)
        {
            watchers.Add(looked);
            timer ??= time.CreateTimer(_ => LookAsync(), null, TimeSpan.Zero, Period);
        }

        return new Watching(this, looked);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            watchers.Clear();
            timer?.Dispose();
            timer = null;
        }
    }

    private FoundRuns Look()
    {
        var found = look.Take(time.GetUtcNow());
        Action<FoundRuns>[] told;
        lock (gate)
        {
            (latest, hasLooked) = (found, true);
            told = [.. watchers];
        }

        foreach (var watcher in told)
        {
            watcher(found);
        }

        return found;
    }

    private void Leave(Action<FoundRuns> looked)
    {
        lock (gate)
        {
            if (watchers.Remove(looked) && watchers.Count == 0)
            {
                timer?.Dispose();
                timer = null;
            }
        }
    }

    private sealed class Watching(RunsFolder folder, Action<FoundRuns> looked) : IDisposable
    {
        private bool isOver;

        public void Dispose()
        {
            if (!isOver)
            {
                isOver = true;
                folder.Leave(looked);
            }
        }
    }
}
