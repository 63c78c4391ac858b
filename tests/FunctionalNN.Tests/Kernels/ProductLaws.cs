using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>Each number of a product is one chain of fused multiply-adds in the order of the inner index, for any shape and any number of
/// threads.</summary>
[Collection(nameof(AllThreads))]
[Trait("Duration", "Long")]
public class ProductLaws
{
    /// <summary>x: rows × inputs, W: inputs × outputs.</summary>
    public sealed record Shape(int Rows, int Inputs, int Outputs, int Threads, int Seed)
    {
        public static Arbitrary<Shape> Any() => Arb.From(
            from rows in Sizes
            from inputs in Sizes
            from outputs in Sizes
            from threads in Gen.Choose(1, 8)
            from seed in Gen.Choose(0, 1000)
            select new Shape(rows, inputs, outputs, threads, seed),
            Simpler);

        private static IEnumerable<Shape> Simpler(Shape shape) =>
            [
                .. Fewer(shape.Rows).Select(rows => shape with { Rows = rows }),
                .. Fewer(shape.Inputs).Select(inputs => shape with { Inputs = inputs }),
                .. Fewer(shape.Outputs).Select(outputs => shape with { Outputs = outputs }),
                .. Fewer(shape.Threads).Where(threads => threads > 0).Select(threads => shape with { Threads = threads }),
            ];

        private static Gen<int> Sizes => Gen.Frequency((1, Gen.Choose(0, 3)), (4, Gen.Choose(0, 80)), (1, Gen.Choose(80, 200)));

        private static IEnumerable<int> Fewer(int size) =>
            new[] { 0, size / 2, size - 1 }.Where(fewer => fewer >= 0 && fewer < size).Distinct();
    }

    [Property(MaxTest = 200, Arbitrary = [typeof(Shape)])]
    public void Products_equal_the_naive_loops(Shape shape)
    {
        Check<float>(shape);
        Check<double>(shape);
    }

    [Fact]
    public void Products_of_every_remainder_of_a_tile_equal_the_naive_loops()
    {
        for (var rows = 0; rows <= 26; rows++)
        {
            for (var outputs = 0; outputs <= 70; outputs += rows % 2 == 0 ? 1 : 7)
            {
                Check<float>(new Shape(rows, 3, outputs, 1 + (outputs % 3), rows));
                Check<double>(new Shape(rows, (rows + outputs) % 5, outputs, 1, outputs));
            }
        }
    }

    [Theory]
    [InlineData(300, 5000, 17)]
    [InlineData(64, 784, 128)]
    [InlineData(1, 1000, 300)]
    [InlineData(513, 31, 2)]
    [InlineData(97, 300, 10)]
    [InlineData(260, 784, 7)]
    [InlineData(33, 129, 5)]
    [InlineData(200, 1000, 15)]
    [InlineData(70, 65, 24)]
    [InlineData(40, 1100, 200)]
    [InlineData(100, 1030, 650)]
    public void Large_products_equal_the_naive_loops(int rows, int inputs, int outputs)
    {
        Check<float>(new Shape(rows, inputs, outputs, 3, 1));
        Check<float>(new Shape(rows, inputs, outputs, 8, 1));
        Check<double>(new Shape(rows, inputs, outputs, 2, 1));
    }

    private static void Check<T>(Shape shape)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (rows, inputs, outputs, threads, seed) = shape;
        using var team = Team.Lease(new Parallelism(threads));
        var key = new Key((ulong)seed);
        var x = Guarded<T>.Random(rows * inputs, key.Fold(0));
        var w = Guarded<T>.Random(inputs * outputs, key.Fold(1));
        var b = Guarded<T>.Random(outputs, key.Fold(2));
        var dz = Guarded<T>.Random(rows * outputs, key.Fold(3));
        var y = Guarded<T>.Random(rows * inputs, key.Fold(4));
        T[] xs = x.ToArray(), ws = w.ToArray(), bs = b.ToArray(), dzs = dz.ToArray(), ys = y.ToArray();
        var start = Guarded<T>.Random(inputs * outputs, key.Fold(5)).ToArray();

        var product = Naive(rows, inputs, outputs, (i, p) => xs[(i * inputs) + p], (p, j) => ws[(p * outputs) + j]);
        var shifted = product.Select((z, at) => z + bs[at % outputs]).ToArray();
        StateBits.AssertSame<T>("x·W", product, KernelCalls.Product(team, x, w, null, rows, inputs, outputs));
        StateBits.AssertSame<T>("x·W + b", shifted, KernelCalls.Product(team, x, w, b, rows, inputs, outputs));
        StateBits.AssertSame<T>("max(x·W + b, 0)", shifted.Select(z => z > T.Zero ? z : T.Zero).ToArray(),
            KernelCalls.Product(team, x, w, b, rows, inputs, outputs, rectifies: true));

        StateBits.AssertSame<T>("xᵀ·dz", Naive(inputs, rows, outputs, (i, p) => xs[(p * inputs) + i], (p, j) => dzs[(p * outputs) + j]),
            KernelCalls.WeightGradient(team, x, dz, null, rows, inputs, outputs));
        StateBits.AssertSame<T>("+= xᵀ·dz",
            Naive(inputs, rows, outputs, (i, p) => xs[(p * inputs) + i], (p, j) => dzs[(p * outputs) + j], start),
            KernelCalls.WeightGradient(team, x, dz, start, rows, inputs, outputs));

        var back = Naive(rows, outputs, inputs, (i, p) => dzs[(i * outputs) + p], (p, j) => ws[(j * outputs) + p]);
        StateBits.AssertSame<T>("dz·Wᵀ", back, KernelCalls.InputGradient(team, dz, w, null, 1, rows, inputs, outputs));
        StateBits.AssertSame<T>("dz·Wᵀ through a gate",
            back.Select((dx, at) => ys[at] > T.Zero ? dx * T.CreateTruncating(1.25) : T.Zero).ToArray(),
            KernelCalls.InputGradient(team, dz, w, y, 1.25, rows, inputs, outputs));
    }

    private static T[] Naive<T>(int rows, int depth, int columns, Func<int, int, T> a, Func<int, int, T> b, T[]? start = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var c = new T[rows * columns];
        start?.CopyTo(c, 0);
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                for (var p = 0; p < depth; p++)
                {
                    c[(i * columns) + j] = T.FusedMultiplyAdd(a(i, p), b(p, j), c[(i * columns) + j]);
                }
            }
        }

        return c;
    }
}
