using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// The three matrix products of a dense layer, all the same loop over <see cref="Tile{T, L}"/> with other strides.
/// x: [n × in], W: [in × out], z and dz: [n × out]. Where x is given as rows to gather, its span is not read.
/// </summary>
internal static unsafe class Product
{
    private const int DeepestBlock = 1024;

    /// <summary>z = x·W + b, then max(·, 0) on request; no b when the span is empty.</summary>
    public static void Forward<T>(Team team, ReadOnlySpan<T> x, ReadOnlySpan<T> weights, ReadOnlySpan<T> bias, Span<T> z, int rows,
        int inputs, int outputs, bool rectifies = false, RowGather<T>? gathered = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* px = x, pw = weights, pb = bias, pz = z)
        {
            var output = new TileOutput<T>(pz, outputs) { Bias = pb, Rectifies = rectifies };
            switch (ProductShape.Forward(rows, inputs, outputs, sizeof(T), gathered is not null))
            {
                case ProductKind.Row:
                    RowProduct<T>.Run(team, px, pw, inputs, outputs, output);
                    break;
                case ProductKind.FewOutputs:
                    FewOutputsJob.Run(team,
                        new FewOutputsJob((float*)px, (float*)pw, (float*)pb, (float*)pz, rows, inputs, outputs, rectifies));
                    break;
                case ProductKind.Narrow:
                    NarrowForwardJob<T>.Run(team, new NarrowForwardJob<T>(px, pw, pb, pz, rows, inputs, outputs, rectifies));
                    break;
                default:
                    ProductJob<T>.Run(team,
                        new ProductJob<T>(px, inputs, 1, pw, outputs, isTransposed: false, output, rows, outputs, inputs, gathered));
                    break;
            }
        }
    }

    /// <summary>dW = xᵀ·dz, or dW += xᵀ·dz: the sum runs over the rows of the batch, in order.</summary>
    public static void WeightGradient<T>(Team team, ReadOnlySpan<T> x, ReadOnlySpan<T> dz, Span<T> weightGradient, int rows, int inputs,
        int outputs, bool accumulates = false, RowGather<T>? gathered = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* px = x, pz = dz, pw = weightGradient)
        {
            // Rows in blocks that the cache holds; the chains go on from block to block.
            for (var row = 0; row == 0 || row < rows; row += DeepestBlock)
            {
                var (depth, goesOn, first) = (Math.Min(DeepestBlock, rows - row), accumulates || row > 0, gathered?.From(row));
                T* left = px + ((nint)row * inputs), right = pz + ((nint)row * outputs);
                if (ProductShape.WeightGradient(outputs, sizeof(T)) == ProductKind.Narrow)
                {
                    NarrowGradientJob<T>.Run(team, new NarrowGradientJob<T>(left, right, pw, depth, inputs, outputs, goesOn, first));
                }
                else
                {
                    var output = new TileOutput<T>(pw, outputs) { Accumulates = goesOn };
                    ProductJob<T>.Run(team,
                        new ProductJob<T>(left, 1, inputs, right, outputs, isTransposed: false, output, inputs, outputs, depth, first,
                            isGatheredTransposed: true));
                }
            }
        }
    }

    /// <summary>
    /// dx = dz·Wᵀ. With a gate, the output y of a rectifier that dx is the gradient of: dx · scale where y > 0, else 0, which is the
    /// gradient of the rectifier's input.
    /// </summary>
    public static void InputGradient<T>(Team team, ReadOnlySpan<T> dz, ReadOnlySpan<T> weights, Span<T> dx, int rows, int inputs,
        int outputs, ReadOnlySpan<T> gate = default, double scale = 1)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* pz = dz, pw = weights, px = dx, pgate = gate)
        {
            var output = new TileOutput<T>(px, inputs) { Gate = pgate, Scale = T.CreateTruncating(scale) };
            ProductJob<T>.Run(team, new ProductJob<T>(pz, outputs, 1, pw, outputs, isTransposed: true, output, rows, inputs, outputs));
        }
    }
}
