namespace Cawb.Torch.Tests;

public sealed class TensorScopeTests
{
    [Fact]
    public void Frees_what_was_made_inside_and_leaves_what_was_kept()
    {
        var before = Tensor.Live;
        Tensor kept;
        Tensor freed;
        using (var scope = TensorScope.Begin())
        {
            freed = Tensor.Ones([2]);
            kept = scope.Keep(freed + 1);
        }

        Assert.True(freed.IsDisposed);
        Assert.Equal([2f, 2], kept.ToArray<float>());
        kept.Dispose();
        Assert.Equal(before, Tensor.Live);
    }

    [Fact]
    public void Keeping_moves_one_scope_out_and_detaching_moves_out_of_all()
    {
        var before = Tensor.Live;
        Tensor kept;
        Tensor detached;
        using (TensorScope.Begin())
        {
            using (var inner = TensorScope.Begin())
            {
                kept = inner.Keep(Tensor.Ones([1]));
                detached = inner.Detach(Tensor.Ones([1]));
            }

            Assert.False(kept.IsDisposed);
        }

        Assert.True(kept.IsDisposed);
        Assert.False(detached.IsDisposed);
        detached.Dispose();
        Assert.Equal(before, Tensor.Live);
    }

    [Fact]
    public void A_tensor_kept_by_an_outer_scope_survives_both()
    {
        Tensor kept;
        using (var outer = TensorScope.Begin())
        {
            using (TensorScope.Begin())
            {
                kept = outer.Keep(Tensor.Ones([1]));
            }
        }

        Assert.False(kept.IsDisposed);
        kept.Dispose();
    }

    [Fact]
    public void A_tensor_that_lives_longer_anyway_stays_where_it_is()
    {
        using var outer = TensorScope.Begin();
        var older = Tensor.Ones([1]);
        using (var inner = TensorScope.Begin())
        {
            inner.Keep(older);
        }

        Assert.False(older.IsDisposed);
        outer.Dispose();
        Assert.True(older.IsDisposed);
    }

    [Fact]
    public void Closing_a_scope_closes_the_ones_left_open_inside_it()
    {
        var outer = TensorScope.Begin();
        TensorScope.Begin();
        var tensor = Tensor.Ones([1]);
        outer.Dispose();
        Assert.True(tensor.IsDisposed);
        using var free = Tensor.Ones([1]);
        using (TensorScope.Begin())
        {
        }

        Assert.False(free.IsDisposed);
    }

    [Fact]
    public void Many_tensors_come_and_go_in_one_scope()
    {
        var before = Tensor.Live;
        using (TensorScope.Begin())
        {
            var kept = new List<Tensor>();
            for (var i = 0; i < 1000; i++)
            {
                var tensor = Tensor.FromScalar(i);
                if (i % 7 == 0)
                {
                    kept.Add(tensor);
                }
                else
                {
                    tensor.Dispose();
                }
            }

            Assert.Equal(before + kept.Count, Tensor.Live);
            Assert.All(kept.Select((tensor, index) => (tensor, index)), pair => Assert.Equal(7 * pair.index, pair.tensor.ToDouble()));
        }

        Assert.Equal(before, Tensor.Live);
    }

    [Fact]
    public void Another_thread_has_no_scope_and_cannot_close_this_one()
    {
        using var scope = TensorScope.Begin();
        Tensor? made = null;
        Exception? fault = null;
        var thread = new Thread(() =>
        {
            made = Tensor.Ones([1]);
            fault = Record.Exception(scope.Dispose);
        });
        thread.Start();
        thread.Join();
        Assert.IsType<InvalidOperationException>(fault);
        scope.Dispose();
        Assert.NotNull(made);
        Assert.False(made.IsDisposed);
        made.Dispose();
    }

    [Fact]
    public void Use_after_the_scope_says_what_was_used_and_how_to_let_it_live()
    {
        Tensor tensor;
        using (TensorScope.Begin())
        {
            tensor = Tensor.Ones([2, 3]);
            Assert.Equal(2, tensor.Dimensions);
        }

        var fault = Assert.Throws<ObjectDisposedException>(() => tensor + 1);
        Assert.Equal(nameof(Tensor), fault.ObjectName);
        Assert.Contains("[2, 3]", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Keep", fault.Message, StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(() => tensor.Shape.Length);
        Assert.Throws<ObjectDisposedException>(() => tensor.ToArray<float>());
        tensor.Dispose();
    }

    [Fact]
    public void A_failed_operation_leaves_no_handle_behind()
    {
        using var scope = TensorScope.Begin();
        var left = Tensor.Zeros([2]);
        var right = Tensor.Zeros([3]);
        var before = Tensor.Live;
        for (var i = 0; i < 10; i++)
        {
            Assert.Throws<TorchException>(() => left + right);
            Assert.Throws<TorchException>(() => Tensor.Cat([left, Tensor.Zeros([])]).Dispose());
        }

        Assert.Equal(before + 10, Tensor.Live);
    }
}
