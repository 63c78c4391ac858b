using System.Runtime.InteropServices;

namespace FunctionalNN;

/// <summary>Arrays whose first index runs fastest, as Fortran and NumPy's fortran_order have them.</summary>
internal static class FortranOrder
{
    /// <summary>The same elements with the last index running fastest.</summary>
    public static byte[] ToC(byte[] elements, int size, int[] shape)
    {
        if (shape.Count(length => length > 1) < 2)
        {
            return elements;
        }

        var ordered = new byte[elements.Length];
        switch (size)
        {
            case 1: Reorder<byte>(elements, ordered, 1, shape); break;
            case 2: Reorder<ushort>(elements, ordered, 1, shape); break;
            case 4: Reorder<uint>(elements, ordered, 1, shape); break;
            case 8: Reorder<ulong>(elements, ordered, 1, shape); break;
            default: Reorder<uint>(elements, ordered, size / 4, shape); break;
        }

        return ordered;
    }

    /// <param name="from">Elements of that number of units each.</param>
    /// <param name="to">Takes as many.</param>
    /// <param name="units">Units in an element.</param>
    /// <param name="shape">The length of each dimension.</param>
    private static void Reorder<TUnit>(ReadOnlySpan<byte> from, Span<byte> to, int units, int[] shape)
        where TUnit : unmanaged
    {
        var source = MemoryMarshal.Cast<byte, TUnit>(from);
        var target = MemoryMarshal.Cast<byte, TUnit>(to);
        var strides = new int[shape.Length];
        for (int i = 0, stride = units; i < shape.Length; stride *= shape[i++])
        {
            strides[i] = stride;
        }

        var index = new int[shape.Length];
        var (at, last) = (0, shape.Length - 1);
        for (var i = 0; i < target.Length; i += units)
        {
            source.Slice(at, units).CopyTo(target[i..]);
            for (var dimension = last; dimension >= 0; dimension--)
            {
                at += strides[dimension];
                if (++index[dimension] < shape[dimension])
                {
                    break;
                }

                at -= strides[dimension] * shape[dimension];
                index[dimension] = 0;
            }
        }
    }
}
