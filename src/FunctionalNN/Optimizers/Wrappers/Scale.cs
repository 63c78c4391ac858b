using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>x·factor.</summary>
internal readonly struct Scale<T>(double factor) : IBinary<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Vector512<T> factor = Lanes<T>.Of(factor);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Invoke(Vector512<T> x, Vector512<T> same) => x * factor;

    /// <summary>What brings a vector with this sum of squares down to a norm. NaN when the sum is not finite, so that a run ends instead of standing still.</summary>
    public static double ToNorm(double norm, double squares) => double.IsFinite(squares) ? norm / Math.Sqrt(squares) : double.NaN;
}
