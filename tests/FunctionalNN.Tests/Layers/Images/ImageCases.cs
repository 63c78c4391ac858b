using FsCheck;
using FsCheck.Fluent;

namespace FunctionalNN.Tests;

/// <summary>A layer of images, and the images that it gets.</summary>
public sealed record ImageCase(ImageLayer Layer, ImageSize Size, int Images, int Seed)
{
    /// <summary>A network of the layer alone.</summary>
    public Network Alone => new(Size, [Layer]);

    /// <summary>Images of normal numbers.</summary>
    public Matrix<T> Inputs<T>()
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var key = new Key((ulong)Seed);
        return Matrix.Create(Images, (int)Size.Count, (row, column) => T.CreateTruncating(key.Normal((row * (int)Size.Count) + column)));
    }
}

/// <summary>A network for images, with data and a way to train it.</summary>
public sealed record ImageRun(Network Network, int Rows, int BatchSize, int Threads, int Seed)
{
    /// <summary>Images and classes drawn by the seed.</summary>
    public DataSet<T> Data<T>()
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var key = new Key((ulong)Seed);
        return new DataSet<T>(
            Matrix.Create(Rows, Network.Inputs, (row, column) => T.CreateTruncating(key.Normal((row * Network.Inputs) + column))),
            new ClassLabels([.. Enumerable.Range(0, Rows).Select(row => (int)(key.Fold(1).Uniform(row) * 3))], 3));
    }

    /// <summary>Where the run starts.</summary>
    public TrainingState<T> Start<T>()
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => Network.Initialize<T>(Seed).Train(new Adam(0.01), seed: Seed);
}

/// <summary>Random layers and networks of images.</summary>
public static class ImageCases
{
    private static Gen<Padding> Paddings(int kernel) => Gen.OneOf(
        Gen.Constant(Padding.Valid), Gen.Constant(Padding.Same), Gen.Choose(0, kernel - 1).Select(Padding.Of),
        Gen.Choose(0, kernel - 1).Four().Select(four => Padding.Of(four.Item1, four.Item2, four.Item3, four.Item4)));

    internal static Gen<Convolution> Convolutions(int channels) =>
        from kernelHeight in Gen.Choose(1, 4)
        from kernelWidth in Gen.Choose(1, 4)
        from strides in Gen.Choose(1, 3).Two()
        from dilations in Gen.Frequency((3, Gen.Constant((1, 1))), (1, Gen.Choose(1, 3).Two().Select(two => (two.Item1, two.Item2))))
        from padding in Paddings(Math.Min(kernelHeight, kernelWidth))
        from groups in Gen.Elements([.. Enumerable.Range(1, channels).Where(count => channels % count == 0)])
        from perGroup in Gen.Frequency((4, Gen.Choose(1, 4)), (1, Gen.Choose(5, 40)))
        select new Convolution(groups * perGroup, 1)
        {
            KernelHeight = kernelHeight,
            KernelWidth = kernelWidth,
            StrideHeight = strides.Item1,
            StrideWidth = strides.Item2,
            DilationHeight = dilations.Item1,
            DilationWidth = dilations.Item2,
            Padding = padding,
            Groups = groups,
        };

    internal static Gen<PoolingLayer> Poolings =>
        from kernelHeight in Gen.Choose(1, 3)
        from kernelWidth in Gen.Choose(1, 3)
        from strides in Gen.Choose(1, 3).Two()
        from padding in Paddings(Math.Min(kernelHeight, kernelWidth))
        from partial in Gen.Elements(false, true)
        from kind in Gen.Choose(0, 2)
        select kind == 0
            ? (PoolingLayer)new MaxPooling(1)
            {
                KernelHeight = kernelHeight,
                KernelWidth = kernelWidth,
                StrideHeight = strides.Item1,
                StrideWidth = strides.Item2,
                Padding = padding,
                IncludesPartialWindows = partial,
            }
            : new AveragePooling(1)
            {
                KernelHeight = kernelHeight,
                KernelWidth = kernelWidth,
                StrideHeight = strides.Item1,
                StrideWidth = strides.Item2,
                Padding = padding,
                IncludesPartialWindows = partial,
                CountsPadding = kind == 1,
            };

    private static Gen<ImageSize> Sizes =>
        from height in Gen.Choose(1, 9)
        from width in Gen.Choose(1, 9)
        from channels in Gen.Frequency((3, Gen.Choose(1, 4)), (1, Gen.Choose(5, 20)))
        select new ImageSize(height, width, channels);

    public static Arbitrary<ImageCase> Cases() => Arb.From(
        (from size in Sizes
         from layer in Gen.Frequency<ImageLayer>(
             (4, Convolutions(size.Channels).Select(layer => (ImageLayer)layer)), (3, Poolings.Select(layer => (ImageLayer)layer)),
             (1, Gen.Constant<ImageLayer>(new GlobalAveragePooling())), (1, Gen.Choose(1, 3).Select(f => (ImageLayer)new Upsampling(f))))
         from images in Gen.Choose(1, 5)
         from seed in Gen.Choose(0, 10_000)
         select new ImageCase(layer, size, images, seed)).Where(Fits));

    public static Arbitrary<ImageRun> Runs() => Arb.From(
        (from size in Sizes
         from count in Gen.Choose(1, 4)
         from middle in Gen.ArrayOf(Pieces, count)
         from rows in Gen.Choose(4, 40)
         from batch in Gen.Choose(2, 16)
         from threads in Gen.Choose(1, 3)
         from seed in Gen.Choose(0, 10_000)
         let made = Network.Create(size, [.. middle.SelectMany(piece => piece), new Dense(3), new Softmax()])
         where made.IsSuccess
         select new ImageRun(made.OrThrow(), rows + (rows % batch == 1 ? 1 : 0), batch, threads, seed))
             .Where(run => run.Network.Inputs < 800));

    private static Gen<Layer[]> Pieces => Gen.Frequency<Layer[]>(
        (4, Convolutions(1).Select(layer => new Layer[] { layer with { Groups = 1 }, new Relu() })),
        (2, Convolutions(1).Select(layer => new Layer[] { layer with { Groups = 1, Filters = layer.Filters + 1 } })),
        (2, Poolings.Select(layer => new Layer[] { layer })),
        (1, Gen.Elements<Layer[]>([new BatchNormalization()], [new LayerNormalization()], [new PRelu()], [new SpatialDropout(0.3)],
            [new Dropout(0.2)],
            [new Tanh()], [new Upsampling(2)])),
        (1, Gen.Constant<Layer[]>([new Residual(new Convolution(4, 3) { Padding = Padding.Same }, new Relu(), new BatchNormalization())
        {
            Projection = new Convolution(4, 1),
        }])),
        (1, Gen.Constant<Layer[]>(
            [new Sequence(new Convolution(3, 3) { Padding = Padding.Same }, new Relu(),
                new MaxPooling(2) { IncludesPartialWindows = true })])));

    private static bool Fits(ImageCase found) => Network.Create(found.Size, found.Layer).IsSuccess;
}
