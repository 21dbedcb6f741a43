using Microsoft.AspNetCore.Components;

namespace Cawb.Web.Folder;

/// <summary>A page that shows something of the folder of runs, and follows it.</summary>
public abstract class FolderPage : ComponentBase, IDisposable
{
    // A page that was just written becomes live with what it shows, and without a gap; a look follows at once. What is written answers for what is there at this moment: a run may have begun just now.
    private static readonly TimeSpan WhenLive = TimeSpan.FromSeconds(30);

    private IDisposable? watching;
    private bool isRefreshing;
    private bool isBehind;

    /// <summary>What it is of.</summary>
    [Inject]
    public required RunsFolder Folder { get; set; }

    /// <summary>The request, while the page is first written; null once it is live.</summary>
    [CascadingParameter]
    public Microsoft.AspNetCore.Http.HttpContext? Request { get; set; }

    /// <summary>As of the last look.</summary>
    protected FoundRuns Found { get; private set; } = new(0, DateTimeOffset.MinValue, [], [], "", false);

    /// <summary>Takes up what is new.</summary>
    /// <returns>Whether anything that is shown has changed.</returns>
    protected abstract Task<bool> RefreshAsync();

    /// <summary>There is no such run or comparison: browsers and scripts are told by the status, too.</summary>
    protected void SayMissing()
    {
        // As late as can be: of a page that has this status before it is written, the framework writes nothing.
        Request?.Response.OnStarting(() =>
        {
            Request.Response.StatusCode = Microsoft.AspNetCore.Http.StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Found = await (RendererInfo.IsInteractive ? Folder.FoundAsync(WhenLive) : Folder.LookAsync());
        if (RendererInfo.IsInteractive)
        {
            watching = Folder.Watch(found => _ = InvokeAsync(() => FollowAsync(found)));
        }
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync() => await RefreshAsync();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Follows no more.</summary>
    /// <param name="isDisposing">Always.</param>
    protected virtual void Dispose(bool isDisposing) => watching?.Dispose();

    // Looks that come while one is being taken up wait for it, and the last of them is taken up then.
    private async Task FollowAsync(FoundRuns found)
    {
        (Found, isBehind) = (found, true);
        if (isRefreshing)
        {
            return;
        }

        isRefreshing = true;
        try
        {
            while (isBehind)
            {
                isBehind = false;
                if (await RefreshAsync())
                {
                    StateHasChanged();
                }
            }
        }
#pragma warning disable CA1031 // Nobody awaits this; the page's own error boundary is told.
        catch (Exception fault)
        {
            await DispatchExceptionAsync(fault);
        }
#pragma warning restore CA1031
        finally
        {
            isRefreshing = false;
        }
    }
}
