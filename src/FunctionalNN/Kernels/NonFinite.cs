using System.Numerics;

namespace FunctionalNN;

/// <summary>Finds NaN and infinities.</summary>
internal static class NonFinite
{
    /// <summary>The position of the first, or −1.</summary>
    public static int IndexIn<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!T.IsFinite(values[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
