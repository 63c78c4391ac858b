using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>Rows that stay bytes until a product reads them train to the bits of the same rows held as numbers.</summary>
[Collection(nameof(AllThreads))]
public class GatherLaws
{
    /// <summary>Sizes around vectors, tiles, strips of tiles and strips of rows.</summary>
    public sealed record Bytes(int Rows, int Width, int Outputs, int BatchSize, bool Shuffles, bool Picks, bool Rectifies, int Seed)
    {
        public static Arbitrary<Bytes> Any() => Arb.From(
            from rows in Gen.OneOf(Gen.Choose(1, 60), Gen.Choose(1000, 1100))
            from width in Gen.OneOf(Gen.Choose(1, 40), Gen.Elements(63, 64, 65, 95, 96, 97, 130, 200))
            from outputs in Gen.OneOf(Gen.Choose(1, 20), Gen.Elements(31, 32, 33, 70))
            from size in Gen.OneOf(Gen.Choose(1, 70), Gen.Elements(1023, 1024, 1025, 5000))
            from shuffles in Gen.Elements(false, true)
            from picks in Gen.Elements(false, true)
            from rectifies in Gen.Elements(false, true)
            from seed in Gen.Choose(0, int.MaxValue)
            select new Bytes(rows, width, outputs, size, shuffles, picks, rectifies, seed),
            Simpler);

        private static IEnumerable<Bytes> Simpler(Bytes now) =>
            [
                .. now.Rows > 1 ? [now with { Rows = now.Rows / 2 }, now with { Rows = now.Rows - 1 }] : Array.Empty<Bytes>(),
                .. now.Width > 1 ? [now with { Width = now.Width / 2 }, now with { Width = now.Width - 1 }] : Array.Empty<Bytes>(),
                .. now.Outputs > 1
                    ? [now with { Outputs = now.Outputs / 2 }, now with { Outputs = now.Outputs - 1 }]
                    : Array.Empty<Bytes>(),
                .. now.Shuffles ? [now with { Shuffles = false }] : Array.Empty<Bytes>(),
                .. now.Picks ? [now with { Picks = false }] : Array.Empty<Bytes>(),
            ];

        public Network Network =>
            new(Width,
                Rectifies
                    ? [new Dense(Outputs), new Relu(), new Dense(3), new Softmax()]
                    : [new Dense(Outputs), new Tanh(), new Dense(3), new Softmax()]);

        public DataSet<T> Data<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var random = new Random(Seed);
            var data = RandomBytes.Of<T>(random, Rows, Width);
            return Picks ? data.Pick([.. Enumerable.Range(0, Rows).Select(_ => random.Next(Rows))]) : data;
        }

        public TrainingState<T> Trained<T>(DataSet<T> data, int threads)
            where T : unmanaged, IFloatingPointIeee754<T> =>
            Network.Initialize<T>(Seed).Train(new Adam(), Seed)
                .Epochs(Shuffles ? data.Shuffled(BatchSize) : data.InOrder(BatchSize), new CategoricalCrossEntropy(),
                    new Parallelism(threads))
                .Take(2).Last();
    }

    [Property(MaxTest = 150, Arbitrary = [typeof(Bytes)])]
    public void Bytes_train_to_the_bits_of_numbers(Bytes run)
    {
        Check<float>();
        Check<double>();

        void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var bytes = run.Data<T>();
            var numbers = run.Trained(bytes.InMemory(), threads: 1);
            StateBits.AssertSame(numbers, run.Trained(bytes, threads: 1));
            StateBits.AssertSame(numbers, run.Trained(bytes, threads: 3));
        }
    }

    [Fact]
    public void A_dense_layer_that_a_cache_holds_gathers_and_others_do_not()
    {
        Assert.True(Gathers([new Dense(10)], 784));
        Assert.True(Gathers([new Dense(128), new Relu(), new Dropout(0.1)], 784));
        Assert.False(Gathers([new Dense(512)], 784));
        Assert.False(Gathers([new Tanh()], 784));
        Assert.False(Gathers([new Residual([new Dense(8)])], 8));

        static bool Gathers(Layer[] layers, int inputs) =>
            new Engine<float>(new Network(inputs, [.. layers]).Plan, new Heap<float>(), new MeanSquaredError()).Gathers;
    }
}
