using static TorchSharp.torch;

namespace Cawb.Detection.Model;

/// <summary>The YOLOv5 network (releases 5.0 to 7.0): 25 layers, three output levels at strides 8, 16 and 32.</summary>
/// <remarks>
/// A new model holds ones in its normalisations' scales and zeros elsewhere; <see cref="WeightInitializer"/> or a weights file fills it. It owns its tensors.
/// All work on one model belongs on one thread.
/// </remarks>
public sealed class YoloModel : IDisposable
{
    /// <summary>What a training step adds of its batch to the running statistics of normalisations.</summary>
    public const double NormMomentum = 0.03;

    /// <summary>Number of layers, the head included.</summary>
    public const int LayerCount = 25;

    private readonly ILayer[] trunk;
    private readonly ConvolutionBlock reduce10;
    private readonly CrossStageBlock stage13;
    private readonly ConvolutionBlock reduce14;
    private readonly CrossStageBlock stage17;
    private readonly ConvolutionBlock down18;
    private readonly CrossStageBlock stage20;
    private readonly ConvolutionBlock down21;
    private readonly CrossStageBlock stage23;
    private readonly DetectionHead head;

    private readonly WeightMemory? memory;
    private readonly FusedConvolutions? fused;
    private Normalisation normaliseInTraining = Normalisations.OfBatch;

    /// <summary>Builds the network with unset weights.</summary>
    /// <param name="size">How deep and wide.</param>
    /// <param name="classCount">1 or more.</param>
    /// <param name="anchors">The reference boxes.</param>
    /// <param name="type">Float32 for training; Float64 for tests against reference numbers.</param>
    /// <param name="device">Where the tensors lie; the CPU by default.</param>
    public YoloModel(ModelSize size, int classCount, AnchorSet anchors, ScalarType type = ScalarType.Float32, Device? device = null)
        : this(size, classCount, anchors, new WeightMemory(Declare(size, classCount), type, device ?? CPU)) => (Type, Device) = (type, device ?? CPU);

    private YoloModel(YoloModel other, FusedConvolutions fused)
        : this(other.Size, other.ClassCount, other.Anchors, other.Type, other.Device) => this.fused = fused;

    private YoloModel(ModelSize size, int classCount, AnchorSet anchors, WeightMemory memory)
        : this(size, classCount, anchors, memory.InOrder()) => this.memory = memory;

    private YoloModel(ModelSize size, int classCount, AnchorSet anchors, TensorSource tensors)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        (Size, ClassCount, Anchors) = (size, classCount, anchors);
        int c1 = size.Channels(64), c2 = size.Channels(128), c3 = size.Channels(256), c4 = size.Channels(512), c5 = size.Channels(1024);
        ConvolutionBlock Down(int layer, int inputs, int outputs) => new(tensors, $"model.{layer}", inputs, outputs, kernel: 3, stride: 2);
        CrossStageBlock Stage(int layer, int inputs, int outputs, int repeats, bool shortcut) =>
            new(tensors, $"model.{layer}", inputs, outputs, size.Repeats(repeats), shortcut);

        var isRelease5 = size.Layout == NetworkLayout.Release5;
        trunk =
        [
            new ConvolutionBlock(tensors, "model.0", 3, c1, kernel: 6, stride: 2, padding: 2),
            Down(1, c1, c2),
            Stage(2, c2, c2, 3, shortcut: true),
            Down(3, c2, c3),
            Stage(4, c3, c3, isRelease5 ? 9 : 6, shortcut: true),
            Down(5, c3, c4),
            Stage(6, c4, c4, 9, shortcut: true),
            Down(7, c4, c5),
            isRelease5 ? new PoolingPyramidBlock(tensors, "model.8", c5, c5) : Stage(8, c5, c5, 3, shortcut: true),
            isRelease5 ? Stage(9, c5, c5, 3, shortcut: false) : new PoolingPyramidBlock(tensors, "model.9", c5, c5),
        ];
        reduce10 = new ConvolutionBlock(tensors, "model.10", c5, c4);
        stage13 = Stage(13, c4 + c4, c4, 3, shortcut: false);
        reduce14 = new ConvolutionBlock(tensors, "model.14", c4, c3);
        stage17 = Stage(17, c3 + c3, c3, 3, shortcut: false);
        down18 = Down(18, c3, c3);
        stage20 = Stage(20, c3 + c3, c4, 3, shortcut: false);
        down21 = Down(21, c4, c4);
        stage23 = Stage(23, c4 + c4, c5, 3, shortcut: false);
        head = new DetectionHead(tensors, "model.24", [c3, c4, c5], classCount);
    }

    /// <summary>How deep and wide the network is.</summary>
    public ModelSize Size { get; }

    /// <summary>Number of classes it tells apart.</summary>
    public int ClassCount { get; }

    /// <summary>The reference boxes of its outputs.</summary>
    public AnchorSet Anchors { get; }

    /// <summary>Element type of every tensor.</summary>
    public ScalarType Type { get; }

    /// <summary>Where every tensor lies.</summary>
    public Device Device { get; } = CPU;

    /// <summary>Whether normalisations are part of the kernels, see <see cref="Fuse"/>.</summary>
    public bool IsFused => fused is not null;

    /// <summary>Every tensor under its name, in the order of YOLOv5's weight files.</summary>
    public IReadOnlyList<NamedTensor> Tensors => Memory.Tensors;

    /// <summary>Number of values that the optimizer changes.</summary>
    public long ParameterCount => Tensors.Where(tensor => tensor.IsTrained).Sum(tensor => tensor.Value.numel());

    /// <summary>The four buffers that hold all tensors.</summary>
    /// <exception cref="InvalidOperationException">The network was only declared.</exception>
    public WeightMemory Memory => memory ?? throw new InvalidOperationException("A network that was only declared has no tensors.");

    /// <summary>The tensors that such a network has, name by name, in the order of YOLOv5's weight files; nothing of their size is allocated.</summary>
    /// <param name="size">How deep and wide.</param>
    /// <param name="classCount">1 or more.</param>
    public static IReadOnlyList<DeclaredTensor> Declare(ModelSize size, int classCount)
    {
        using var nothing = empty(0);
        var declared = new List<DeclaredTensor>();
        _ = new YoloModel(size, classCount, AnchorSet.Coco, (name, role, shape) =>
        {
            declared.Add(new DeclaredTensor(name, role, shape));
            return nothing;
        });
        return declared;
    }

    /// <summary>Marks the trained tensors for autograd, or unmarks them all.</summary>
    /// <param name="required">Whether they are marked.</param>
    /// <param name="frozenLayers">The tensors of this many layers from the start on are unmarked in any case.</param>
    public void SetRequiresGrad(bool required, int frozenLayers = 0)
    {
        foreach (var tensor in Tensors.Where(tensor => tensor.IsTrained))
        {
            tensor.Value.requires_grad = required && tensor.Layer >= frozenLayers;
        }
    }

    /// <summary>Has normalisations take the statistics of a training batch over the parts of it that all ranks have, instead of over their own.</summary>
    /// <param name="sum">Over the ranks; called in every forward and backward of a training step, also where a rank has no images.</param>
    public void ShareNorms(SumOverRanks sum) => normaliseInTraining = Normalisations.OfAllRanks(sum);

    /// <summary>Takes over the values of all tensors.</summary>
    /// <param name="other">Of the same size and number of classes.</param>
    public void CopyFrom(YoloModel other)
    {
        ArgumentNullException.ThrowIfNull(other);
        using var noGrad = no_grad();
        foreach (var section in Enum.GetValues<WeightSection>())
        {
            Memory.Whole(section).copy_(other.Memory.Whole(section));
        }
    }

    /// <summary>
    /// A network for evaluation alone that gives the same up to rounding and is faster: each normalisation, a scale and a shift of every channel, becomes part of the kernel and a bias
    /// behind it.
    /// </summary>
    /// <remarks>
    /// <c>kernel' = kernel g</c> and <c>bias = shift - mean g</c> with <c>g = scale / sqrt(variance + 0.001)</c>, in double precision. The biases lie where the shifts were; scales and
    /// statistics become those that change nothing.
    /// </remarks>
    /// <returns>With tensors of its own, which the caller disposes; this network stays as it is.</returns>
    public YoloModel Fuse()
    {
        var copy = new YoloModel(this, new FusedConvolutions(FusedConvolutions.UsualRoomBytes));
        copy.CopyFrom(this);
        Normalisations.Fold(copy.Tensors);
        return copy;
    }

    /// <summary>The raw maps of the three levels.</summary>
    /// <param name="images">(B, 3, H, W), RGB from 0 to 1; H and W are multiples of 32.</param>
    /// <param name="training">Statistics of the batch, and updated running statistics; otherwise running statistics.</param>
    /// <param name="layerSeen">Told of the output of each of layers 0 to 23, for tests and inspection; the tensor is valid during the call only.</param>
    /// <returns>(B, anchor, y, x, 5 + classes) per level, logits; they belong to the open scope.</returns>
    /// <exception cref="InvalidOperationException">Training of a fused network.</exception>
    public Tensor[] Forward(Tensor images, bool training, Action<int, Tensor>? layerSeen = null)
    {
        using var scope = NewDisposeScope();
        var maps = Forward(OperatorsFor(training), images, layerSeen);
        foreach (var map in maps)
        {
            map.MoveToOuterDisposeScope();
        }

        return maps;
    }

    /// <summary>Floating-point operations of a forward pass, two for each multiplication of the convolutions; a training step takes about three times as many.</summary>
    /// <param name="imageSize">Height and width in pixels, a multiple of 32.</param>
    public long Operations(int imageSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(imageSize, 32);
        var count = new OperationCount();
        Forward(count, (3, imageSize, imageSize));
        return 2 * count.MultiplyAdds;
    }

    /// <summary>The three levels by any kind of operators.</summary>
    internal T[] Forward<T>(LayerOperators<T> operators, T images, Action<int, T>? layerSeen = null)
    {
        T Seen(int layer, T output)
        {
            layerSeen?.Invoke(layer, output);
            return output;
        }

        T JoinSeen(int layer, T first, T second) => Seen(layer, operators.Join(first, second));

        // Who looks sees layers that need not be computed one after another.
        T EnlargedAndJoined(int layer, CrossStageBlock stage, T small, T large) => layerSeen is null
            ? stage.Forward(operators, small, large)
            : stage.Forward(operators, JoinSeen(layer + 1, Seen(layer, operators.Enlarge(small)), large));

        var x = images;
        T x4 = images, x6 = images;
        for (var layer = 0; layer < trunk.Length; layer++)
        {
            x = Seen(layer, trunk[layer].Forward(operators, x));
            if (layer == 4)
            {
                x4 = x;
            }
            else if (layer == 6)
            {
                x6 = x;
            }
        }

        var x10 = Seen(10, reduce10.Forward(operators, x));
        var x13 = Seen(13, EnlargedAndJoined(11, stage13, x10, x6));
        var x14 = Seen(14, reduce14.Forward(operators, x13));
        var x17 = Seen(17, EnlargedAndJoined(15, stage17, x14, x4));
        var x20 = Seen(20, stage20.Forward(operators, JoinSeen(19, Seen(18, down18.Forward(operators, x17)), x14)));
        var x23 = Seen(23, stage23.Forward(operators, JoinSeen(22, Seen(21, down21.Forward(operators, x20)), x10)));
        return head.Forward<T>(operators, [x17, x20, x23]);
    }

    /// <summary>Frees every tensor of the network.</summary>
    public void Dispose()
    {
        fused?.Dispose();
        memory?.Dispose();
    }

    private TensorOperators OperatorsFor(bool training) => (training, fused) switch
    {
        (false, null) => TensorOperators.Normalising(Normalisations.OfRunningStatistics),
        (false, { } convolutions) => TensorOperators.Fused(convolutions),
        (true, null) => TensorOperators.Normalising(normaliseInTraining),
        (true, _) => throw new InvalidOperationException("A fused network has no normalisations to train. Train the network that it was made from."),
    };
}
