using System.Numerics;

namespace FunctionalNN;

/// <summary>The position of the greatest number; of several, the first.</summary>
internal static class ArgMax
{
    public static int Of<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++)
        {
            if (values[i] > values[best])
            {
                best = i;
            }
        }

        return best;
    }
}
