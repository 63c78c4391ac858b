using System.Collections.Immutable;
using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN.Tests;

/// <summary>A user's own layer that promises independent rows is computed by micro-batches, as the library's are.</summary>
public class OwnRowwiseLayerTests
{
    private const int Rows = 40_000;
    private const int Width = 64;

    private static readonly Layer Promised = new OwnScale(true);
    private static readonly Layer Unpromised = new OwnScale(false);

    /// <summary>Each column's sum goes on from micro-batch to micro-batch, so that it is the same chain.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Its_gradient_by_micro_batches_has_the_bits_of_the_whole_batch(int threads)
    {
        var whole = Gradient<float>([Unpromised], threads);
        Assert.Equal(whole, Gradient<float>([Promised], threads));
        Assert.Contains(whole, number => number != 0);
    }

    [Fact]
    public void In_a_network_all_threads_give_the_bits_of_one_and_up_to_rounding_those_of_the_whole_batch()
    {
        var byMicroBatches = Gradient<double>(Around(Promised), 1);
        Assert.Equal(byMicroBatches, Gradient<double>(Around(Promised), 3));
        var whole = Gradient<double>(Around(Unpromised), 1);
        Assert.All(Enumerable.Range(0, whole.Length), i => Assert.Equal(whole[i], byMicroBatches[i], 1e-12));

        static ImmutableArray<Layer> Around(Layer layer) =>
            [new Sequence(new Dense(8), layer), new Tanh(), new Residual(layer), new Dense(3)];
    }

    [Fact]
    public void It_needs_the_memory_of_a_micro_batch()
    {
        var batch = BatchOf<float>(Rows, Width, targets: 1);
        const long WholeMatrix = (long)Rows * Width * sizeof(float);
        var (promised, unpromised) = (BytesOf(Promised), BytesOf(Unpromised));
        Assert.True(promised < WholeMatrix / 2, $"{promised} bytes with the promise, a matrix of the batch has {WholeMatrix}");
        Assert.True(unpromised > WholeMatrix, $"{unpromised} bytes without the promise, a matrix of the batch has {WholeMatrix}");

        long BytesOf(Layer layer)
        {
            var model = new Network(Width, [layer, new Dense(1)]).Initialize(1);
            var before = GC.GetAllocatedBytesForCurrentThread();
            model.Gradient(batch, new MeanSquaredError(), new Key(1), Parallelism.None);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static T[] Gradient<T>(ImmutableArray<Layer> layers, int threads)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var batch = BatchOf<T>(3000, 3, targets: 3);
        return new Network(3, layers).Initialize<T>(1).Gradient(batch, new MeanSquaredError(), new Key(1), new Parallelism(threads))
            .Gradient.Values.ToArray();
    }

    private static Batch<T> BatchOf<T>(int rows, int width, int targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        return new Batch<T>(Numbers(width, 0.7), new RealTargets<T>(Numbers(targets, 0.3)));

        Matrix<T> Numbers(int columns, double turn) =>
            Matrix.Create(rows, columns, (row, column) => T.CreateTruncating(Math.Sin((row * turn) + column)));
    }

    /// <summary>A factor for each column, as a user writes it: y = x · s, ds = Σ dy · x over the rows, dx = dy · s.</summary>
    private sealed record OwnScale(bool Promises) : Layer
    {
        public override bool IsRowwise => Promises;

        public override Validation<Error, int> Width(int inputs) => Right(inputs);

        public override ImmutableArray<Slot> Parameters(int inputs) =>
            [new Slot("factors", 1, inputs) { Initializer = Initializer.Value(0.5) }];

        public override Cache<T> Forward<T>(in Pass<T> pass, Matrix<T> input) => new ScaleCache<T>(input, Scaled(pass, input));

        private static Matrix<T> Scaled<T>(in Pass<T> pass, Matrix<T> x)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var (y, factors) = (pass.Rent(x.Rows, x.Columns, out var values), pass.Parameter(0));
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = x.Values[i] * factors.Values[i % x.Columns];
            }

            return y;
        }

        private sealed record ScaleCache<T>(Matrix<T> Input, Matrix<T> Output) : Cache<T>(Output)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            public override Matrix<T> Backward(in Pass<T> pass, Matrix<T> outputGradient, Span<T> parameterGradient)
            {
                if (!pass.Accumulates)
                {
                    parameterGradient.Clear();
                }

                for (var i = 0; i < Input.Values.Length; i++)
                {
                    parameterGradient[i % Input.Columns] += outputGradient.Values[i] * Input.Values[i];
                }

                return Scaled(pass, outputGradient);
            }
        }
    }
}
