using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>x·factor.</summary>
internal readonly struct Scale(double factor) : IBinaryFormula
{
    private readonly Setting factor = factor;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public S Of<S>(S x, S same)
            where S : struct, IReal<S> => x * factor;

    /// <summary>What brings a vector with this sum of squares down to a norm. NaN when the sum is not finite, so that a run ends instead of
    /// standing still.</summary>
    public static double ToNorm(double norm, double squares) => double.IsFinite(squares) ? norm / Math.Sqrt(squares) : double.NaN;
}
