using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// The three matrix products of a dense layer, all the same loop over <see cref="Tile{T}"/> with other strides.
/// x: [n × in], W: [in × out], z and dz: [n × out].
/// </summary>
internal static unsafe class Product
{
    /// <summary>z = x·W + b; no b when the span is empty.</summary>
    public static void Forward<T>(Team team, ReadOnlySpan<T> x, ReadOnlySpan<T> weights, ReadOnlySpan<T> bias, Span<T> z, int rows, int inputs, int outputs)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* px = x, pw = weights, pb = bias, pz = z)
        {
            ProductJob<T>.Run(team, new ProductJob<T>(px, inputs, 1, pw, outputs, inputs, pb, pz, outputs, rows, outputs));
        }
    }

    /// <summary>dW = xᵀ·dz: the sum runs over the rows of the batch, in order.</summary>
    public static void WeightGradient<T>(Team team, ReadOnlySpan<T> x, ReadOnlySpan<T> dz, Span<T> weightGradient, int rows, int inputs, int outputs)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* px = x, pz = dz, pw = weightGradient)
        {
            ProductJob<T>.Run(team, new ProductJob<T>(px, 1, inputs, pz, outputs, rows, null, pw, outputs, inputs, outputs));
        }
    }

    /// <summary>dx = dz·Wᵀ, by way of a transposed copy of W, which takes inputs · outputs numbers.</summary>
    public static void InputGradient<T>(Team team, ReadOnlySpan<T> dz, ReadOnlySpan<T> weights, Span<T> transposed, Span<T> dx, int rows, int inputs, int outputs)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Transposition.Run(team, weights, transposed, inputs, outputs);
        fixed (T* pz = dz, pt = transposed, px = dx)
        {
            ProductJob<T>.Run(team, new ProductJob<T>(pz, outputs, 1, pt, inputs, outputs, null, px, inputs, rows, inputs));
        }
    }
}
