using System.Runtime.InteropServices;

namespace Cawb.Cli;

/// <summary>
/// Ctrl-C and SIGTERM as a token: the first asks the work to end after the step at hand, with a checkpoint. Those that follow at once are taken for the same wish, as
/// batch systems and impatient fingers send several; one that comes after the pause ends the process.
/// </summary>
internal sealed class Interruption : IDisposable
{
    // A person at the keyboard waits less long than whoever sends SIGTERM, which a batch system follows up with SIGKILL anyway.
    private static readonly TimeSpan InterruptPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TerminatePause = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration interrupt;
    private readonly PosixSignalRegistration terminate;
    private readonly Lock gate = new();
    private long asked;

    public Interruption()
    {
        interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Ask(context, InterruptPause));
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Ask(context, TerminatePause));
    }

    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        interrupt.Dispose();
        terminate.Dispose();
        source.Dispose();
    }

    private void Ask(PosixSignalContext context, TimeSpan pause)
    {
        lock (gate)
        {
            if (source.IsCancellationRequested)
            {
                context.Cancel = TimeProvider.System.GetElapsedTime(asked) < pause;
                return;
            }

            context.Cancel = true;
            asked = TimeProvider.System.GetTimestamp();
        }

        source.Cancel();
    }
}
