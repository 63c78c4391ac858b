using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>x = scale · byte + shift, rounded once.</summary>
internal static unsafe class ByteConversion
{
    private const int RowsAhead = 4;

    /// <summary>A stretch of columns of some rows.</summary>
    /// <param name="bytes">The first wanted column of row 0.</param>
    /// <param name="width">From one row to the next.</param>
    /// <param name="rows">Row numbers.</param>
    /// <param name="count">How many of them are wanted.</param>
    /// <param name="known">How many there are: those after the wanted ones are asked for ahead.</param>
    /// <param name="columns">The columns of the stretch.</param>
    /// <param name="numbers">Takes the rows.</param>
    /// <param name="stride">From one row there to the next.</param>
    /// <param name="scale">The factor.</param>
    /// <param name="shift">The summand.</param>
    public static void Rows<T>(byte* bytes, nint width, int* rows, int count, int known, int columns, T* numbers, nint stride, T scale,
        T shift)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (LaneWidth.Is512)
        {
            Rows<T, Lanes512<T>>(bytes, width, rows, count, known, columns, numbers, stride, scale, shift);
        }
        else if (LaneWidth.Is256)
        {
            Rows<T, Lanes256<T>>(bytes, width, rows, count, known, columns, numbers, stride, scale, shift);
        }
        else
        {
            Rows<T, Lanes128<T>>(bytes, width, rows, count, known, columns, numbers, stride, scale, shift);
        }
    }

    public static void Scale<T>(ReadOnlySpan<byte> bytes, Span<T> numbers, T scale, T shift)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (byte* source = bytes)
        fixed (T* destination = numbers)
        {
            var row = 0;
            Rows(source, 0, &row, 1, 1, bytes.Length, destination, 0, scale, shift);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Rows<T, L>(byte* bytes, nint width, int* rows, int count, int known, int columns, T* numbers, nint stride, T scale,
        T shift)
        where T : unmanaged, IFloatingPointIeee754<T>
        where L : struct, ILanes<L, T>
    {
        var (factor, summand) = (L.Of(scale), L.Of(shift));
        for (var i = 0; i < count; i++, numbers += stride)
        {
            if (i + RowsAhead < known)
            {
                Prefetching.Of(new ReadOnlySpan<byte>(bytes + (rows[i + RowsAhead] * width), columns));
            }

            var source = bytes + (rows[i] * width);
            for (var column = 0; column <= columns - L.Count; column += L.Count)
            {
                L.Store(L.MultiplyAdd(L.FromBytes(source + column), factor, summand), numbers + column);
            }

            if (columns >= L.Count && columns % L.Count != 0)
            {
                // The last vector overlaps the one before it: reading past the last byte is never safe.
                L.Store(L.MultiplyAdd(L.FromBytes(source + columns - L.Count), factor, summand), numbers + columns - L.Count);
            }

            for (var column = 0; columns < L.Count && column < columns; column++)
            {
                numbers[column] = T.FusedMultiplyAdd(T.CreateTruncating(source[column]), scale, shift);
            }
        }
    }
}
