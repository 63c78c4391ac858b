using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>One number from the lanes of a vector, always put together in the same order.</summary>
internal static class AcrossLanes<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector512<T> x)
    {
        var half = x.GetLower() + x.GetUpper();
        var quarter = half.GetLower() + half.GetUpper();
        var sum = quarter.GetElement(0) + quarter.GetElement(1);
        return Vector128<T>.Count == 2 ? sum : sum + (quarter.GetElement(2) + quarter.GetElement(3));
    }

    /// <summary>The greatest; a NaN may be passed over.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Greatest(Vector512<T> x)
    {
        var greatest = x.GetElement(0);
        for (var i = 1; i < Vector512<T>.Count; i++)
        {
            greatest = x.GetElement(i) > greatest ? x.GetElement(i) : greatest;
        }

        return greatest;
    }
}
