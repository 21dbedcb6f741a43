namespace Cawb.Torch;

/// <summary>
/// Owns the tensors that its thread makes while it is the innermost open scope, and frees them when it is disposed.
/// </summary>
/// <remarks>
/// Scopes nest: one around a training step, one inside it around the forward pass. Disposing the forward scope before
/// <see cref="Tensor.Backward(Tensor, bool)"/> gives back every intermediate result that the gradient does not need. A scope belongs to the thread that
/// began it. Disposing a scope whose inner scopes are still open closes those first.
/// </remarks>
public sealed class TensorScope : IDisposable
{
    [ThreadStatic]
    private static TensorScope? innermost;

    private readonly TensorScope? outer;
    private readonly int thread;
    private Tensor?[] tensors = new Tensor?[64];
    private int count;
    private bool closed;

    private TensorScope(TensorScope? outer)
    {
        this.outer = outer;
        thread = Environment.CurrentManagedThreadId;
    }

    internal static TensorScope? Innermost => innermost;

    /// <summary>Opens a scope inside the innermost one of this thread.</summary>
    /// <returns>The scope; dispose it on the same thread.</returns>
    public static TensorScope Begin() => innermost = new TensorScope(innermost);

    /// <summary>Lets a tensor outlive this scope: it moves to the scope around this one, or becomes free-standing if there is none.</summary>
    /// <param name="tensor">A tensor of this scope or of one inside it; one that lives longer anyway stays where it is.</param>
    /// <returns>The same object.</returns>
    public Tensor Keep(Tensor tensor)
    {
        ObjectDisposedException.ThrowIf(closed, this);
        ObjectDisposedException.ThrowIf(tensor.IsDisposed, tensor);
        for (var owner = tensor.Owner; owner is not null; owner = owner.outer)
        {
            if (owner == this)
            {
                tensor.Owner?.Remove(tensor);
                outer?.Add(tensor);
                break;
            }
        }

        return tensor;
    }

    /// <summary>Takes a tensor out of every scope: from now on the caller disposes it.</summary>
    /// <param name="tensor">Any tensor.</param>
    /// <returns>The same object.</returns>
    public Tensor Detach(Tensor tensor)
    {
        ObjectDisposedException.ThrowIf(closed, this);
        ObjectDisposedException.ThrowIf(tensor.IsDisposed, tensor);
        tensor.Owner?.Remove(tensor);
        return tensor;
    }

    /// <summary>Frees every tensor of this scope that was not kept. The second call does nothing.</summary>
    /// <exception cref="InvalidOperationException">The call comes from another thread than the one that began the scope.</exception>
    public void Dispose()
    {
        if (closed)
        {
            return;
        }

        if (thread != Environment.CurrentManagedThreadId)
        {
            throw new InvalidOperationException(
                $"The scope was begun on thread {thread} and is disposed on thread {Environment.CurrentManagedThreadId}. "
                + "A scope belongs to one thread; is there an 'await' inside it?");
        }

        while (innermost is { } inner && inner != this)
        {
            inner.Close();
        }

        Close();
    }

    internal void Add(Tensor tensor)
    {
        if (count == tensors.Length)
        {
            MakeRoom();
        }

        tensor.Owner = this;
        tensor.OwnerSlot = count;
        tensors[count++] = tensor;
    }

    internal void Remove(Tensor tensor)
    {
        tensors[tensor.OwnerSlot] = null;
        tensor.Owner = null;
    }

    private void Close()
    {
        closed = true;
        innermost = outer;
        for (var i = count - 1; i >= 0; i--)
        {
            if (tensors[i] is { } tensor)
            {
                tensor.Owner = null;
                tensor.Dispose();
            }
        }

        count = 0;
        tensors = [];
    }

    /// <summary>Tensors that were disposed or kept leave gaps; a long-lived scope closes them before it grows.</summary>
    private void MakeRoom()
    {
        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            if (tensors[i] is { } tensor)
            {
                tensor.OwnerSlot = kept;
                tensors[kept++] = tensor;
            }
        }

        Array.Clear(tensors, kept, count - kept);
        count = kept;
        if (kept > tensors.Length / 2)
        {
            Array.Resize(ref tensors, tensors.Length * 2);
        }
    }
}
