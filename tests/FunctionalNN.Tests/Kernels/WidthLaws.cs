using System.Numerics;

namespace FunctionalNN.Tests;

/// <summary>
/// Products with vectors of each width, whatever the processor has: every remainder of every tile equals the naive loop, to the last bit.
/// The kernels are generic over the width, so that one process can run them all; that a whole process of another width trains to the same
/// bits is in <see cref="ProcessLaws"/>.
/// </summary>
public unsafe class WidthLaws
{
    private static readonly int[] Depths = [1, 2, 3, 4, 5, 17];

    [Theory]
    [InlineData(512)]
    [InlineData(256)]
    [InlineData(128)]
    public void A_product_of_every_remainder_equals_the_naive_loop(int width)
    {
        Run(width, new Products<float>());
        Run(width, new Products<double>());
    }

    [Theory]
    [InlineData(512)]
    [InlineData(256)]
    [InlineData(128)]
    public void A_matrix_of_every_remainder_is_transposed(int width)
    {
        Run(width, new Transpositions<float>());
        Run(width, new Transpositions<double>());
    }

    [Theory]
    [InlineData(512)]
    [InlineData(256)]
    [InlineData(128)]
    public void Few_and_narrow_outputs_equal_the_naive_loop(int width)
    {
        Run(width, new NarrowProducts<float>());
        Run(width, new NarrowProducts<double>());
        Run(width, new FewOutputs());
    }

    private interface ICheck<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        void Of<L>()
            where L : struct, ILanes<L, T>;
    }

    private static void Run<T>(int width, ICheck<T> check)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        switch (width)
        {
            case 512: check.Of<Lanes512<T>>(); break;
            case 256: check.Of<Lanes256<T>>(); break;
            default: check.Of<Lanes128<T>>(); break;
        }
    }

    /// <summary>C = A·B, + bias, rectified, gated, and C += A·B.</summary>
    private sealed class Products<T> : ICheck<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Of<L>()
            where L : struct, ILanes<L, T>
        {
            for (var rows = 1; rows <= L.TileHeight + 3; rows++)
            {
                for (var columns = 1; columns <= (4 * L.Count) + 3; columns += columns < 2 * L.Count + 2 ? 1 : 3)
                {
                    var depth = Depths[(rows + columns) % Depths.Length];
                    Check<L>(rows, columns, depth, isTransposed: false);
                    Check<L>(rows, columns, depth, isTransposed: true);
                }
            }
        }

        private static void Check<L>(int rows, int columns, int depth, bool isTransposed)
            where L : struct, ILanes<L, T>
        {
            var key = new Key((ulong)((rows * 1000) + columns));
            Guarded<T> a = Guarded<T>.Random(rows * depth, key.Fold(0)), b = Guarded<T>.Random(depth * columns, key.Fold(1));
            Guarded<T> bias = Guarded<T>.Random(columns, key.Fold(2)), gate = Guarded<T>.Random(rows * columns, key.Fold(3));
            var start = Guarded<T>.Random(rows * columns, key.Fold(4)).ToArray();
            T[] left = a.ToArray(), right = b.ToArray(), biases = bias.ToArray(), gates = gate.ToArray();
            T[] Naive(T[]? from = null) =>
                Chains(rows, depth, columns, (i, p) => left[(i * depth) + p],
                    (p, j) => isTransposed ? right[(j * depth) + p] : right[(p * columns) + j], from);
            T[] Product(Func<nint, TileOutput<T>> output, T[]? from = null) => KernelCalls.Written<T>(rows * columns, c =>
            {
                fixed (T* pa = a.Span, pb = b.Span, pc = c.Span)
                {
                    new ProductJob<T>(pa, depth, 1, pb, isTransposed ? depth : columns, isTransposed, output((nint)pc), rows, columns,
                        depth).Execute<L>(0, 1);
                }
            }, from);

            var what = $"{typeof(L).Name} {rows} × {depth} × {columns}, {(isTransposed ? "B transposed" : "B as it lies")}";
            StateBits.AssertSame<T>(what, Naive(), Product(c => new TileOutput<T>((T*)c, columns)));
            StateBits.AssertSame<T>($"{what}, added to", Naive(start),
                Product(c => new TileOutput<T>((T*)c, columns) { Accumulates = true }, start));
            fixed (T* pbias = bias.Span, pgate = gate.Span)
            {
                var (at, through) = ((nint)pbias, (nint)pgate);
                StateBits.AssertSame<T>(
                    $"{what}, rectified",
                    Naive().Select((sum, i) => sum + biases[i % columns] is var z && z > T.Zero ? z : T.Zero).ToArray(),
                    Product(c => new TileOutput<T>((T*)c, columns) { Bias = (T*)at, Rectifies = true }));
                StateBits.AssertSame<T>(
                    $"{what}, gated",
                    Naive().Select((sum, i) => gates[i] > T.Zero ? sum * T.CreateTruncating(1.25) : T.Zero).ToArray(),
                    Product(c => new TileOutput<T>((T*)c, columns) { Gate = (T*)through, Scale = T.CreateTruncating(1.25) }));
            }
        }
    }

    private sealed class Transpositions<T> : ICheck<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Of<L>()
            where L : struct, ILanes<L, T>
        {
            for (var rows = 1; rows <= (2 * L.Count) + 1; rows++)
            {
                for (var columns = 1; columns <= (2 * L.Count) + 1; columns++)
                {
                    var x = Guarded<T>.Random(rows * columns, new Key(1));
                    var values = x.ToArray();
                    var turned = KernelCalls.Written<T>(rows * columns, y =>
                    {
                        fixed (T* source = x.Span, destination = y.Span)
                        {
                            Transposition.Run<T, L>(source, columns, destination, rows, rows, columns);
                        }
                    });
                    StateBits.AssertSame<T>($"{typeof(L).Name} {rows} × {columns}",
                        Enumerable.Range(0, rows * columns).Select(i => values[(i % rows * columns) + (i / rows)]).ToArray(), turned);
                }
            }
        }
    }

    /// <summary>z = max(x·W + b, 0) and dW = xᵀ·dz with vectors along the rows and along the inputs.</summary>
    private sealed class NarrowProducts<T> : ICheck<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Of<L>()
            where L : struct, ILanes<L, T>
        {
            for (var outputs = 5; outputs <= 10; outputs++)
            {
                foreach (var (rows, inputs) in new[] { (2 * L.Count, 32), ((2 * L.Count) + 1, 129), ((3 * L.Count) - 1, 40) })
                {
                    var key = new Key((ulong)outputs);
                    Guarded<T> x = Guarded<T>.Random(rows * inputs, key), w = Guarded<T>.Random(inputs * outputs, key.Fold(1));
                    Guarded<T> b = Guarded<T>.Random(outputs, key.Fold(2)), dz = Guarded<T>.Random(rows * outputs, key.Fold(3));
                    T[] xs = x.ToArray(), ws = w.ToArray(), bs = b.ToArray(), dzs = dz.ToArray();
                    var forward = KernelCalls.Written<T>(rows * outputs, z =>
                    {
                        fixed (T* px = x.Span, pw = w.Span, pb = b.Span, pz = z.Span)
                        {
                            new NarrowForwardJob<T>(px, pw, pb, pz, rows, inputs, outputs, rectifies: true).Execute<L>(0, 1);
                        }
                    });
                    var expected = Chains(rows, inputs, outputs, (i, p) => xs[(i * inputs) + p], (p, j) => ws[(p * outputs) + j]);
                    StateBits.AssertSame<T>($"{typeof(L).Name} {rows} × {inputs} × {outputs}",
                        expected.Select((sum, i) => sum + bs[i % outputs] is var z && z > T.Zero ? z : T.Zero).ToArray(), forward);
                    var gradient = KernelCalls.Written<T>(inputs * outputs, dw =>
                    {
                        fixed (T* px = x.Span, pz = dz.Span, pw = dw.Span)
                        {
                            new NarrowGradientJob<T>(px, pz, pw, rows, inputs, outputs, accumulates: false, null).Execute<L>(0, 1);
                        }
                    });
                    StateBits.AssertSame<T>($"{typeof(L).Name} gradient {rows} × {inputs} × {outputs}",
                        Chains(inputs, rows, outputs, (i, p) => xs[(p * inputs) + i], (p, j) => dzs[(p * outputs) + j]), gradient);
                }
            }
        }
    }

    private sealed class FewOutputs : ICheck<float>
    {
        public void Of<L>()
            where L : struct, ILanes<L, float>
        {
            for (var outputs = 1; outputs <= 4; outputs++)
            {
                for (var rows = L.Count; rows <= (2 * L.Count) + 1; rows++)
                {
                    var (inputs, key) = (1 + (rows % 7), new Key((ulong)rows));
                    Guarded<float> x = Guarded<float>.Random(rows * inputs, key), w =
                        Guarded<float>.Random(inputs * outputs, key.Fold(1)), b = Guarded<float>.Random(outputs, key.Fold(2));
                    float[] xs = x.ToArray(), ws = w.ToArray(), bs = b.ToArray();
                    var found = KernelCalls.Written<float>(rows * outputs, z =>
                    {
                        fixed (float* px = x.Span, pw = w.Span, pb = b.Span, pz = z.Span)
                        {
                            new FewOutputsJob(px, pw, pb, pz, rows, inputs, outputs, rectifies: false).Execute<L>(0, 1);
                        }
                    });
                    var expected = Chains(rows, inputs, outputs, (i, p) => xs[(i * inputs) + p], (p, j) => ws[(p * outputs) + j]);
                    StateBits.AssertSame<float>($"{typeof(L).Name} {rows} × {inputs} × {outputs}",
                        expected.Select((sum, i) => sum + bs[i % outputs]).ToArray(), found);
                }
            }
        }
    }

    private static T[] Chains<T>(int rows, int depth, int columns, Func<int, int, T> a, Func<int, int, T> b, T[]? start = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var c = new T[rows * columns];
        start?.CopyTo(c, 0);
        for (var i = 0; i < c.Length; i++)
        {
            for (var p = 0; p < depth; p++)
            {
                c[i] = T.FusedMultiplyAdd(a(i / columns, p), b(p, i % columns), c[i]);
            }
        }

        return c;
    }
}
