using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FunctionalNN;

/// <summary>x = scale · byte + shift, rounded once.</summary>
internal static unsafe class ByteConversion
{
    private const int Step = 16;
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Rows<T>(byte* bytes, nint width, int* rows, int count, int known, int columns, T* numbers, nint stride, T scale, T shift)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var factor = Vector512.Create(scale);
        var summand = Vector512.Create(shift);
        for (var i = 0; i < count; i++, numbers += stride)
        {
            if (i + RowsAhead < known)
            {
                Prefetching.Of(new ReadOnlySpan<byte>(bytes + (rows[i + RowsAhead] * width), columns));
            }

            var source = bytes + (rows[i] * width);
            if (typeof(T) != typeof(float) || columns < Step)
            {
                Scale(new ReadOnlySpan<byte>(source, columns), new Span<T>(numbers, columns), scale, shift);
                continue;
            }

            for (var column = 0; column <= columns - Step; column += Step)
            {
                Vector512.Store(Lanes<T>.MultiplyAdd(Sixteen<T>(source + column), factor, summand), numbers + column);
            }

            if (columns % Step != 0)
            {
                // The last vector overlaps the one before it: reading past the last byte is never safe.
                Vector512.Store(Lanes<T>.MultiplyAdd(Sixteen<T>(source + columns - Step), factor, summand), numbers + columns - Step);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Scale<T>(ReadOnlySpan<byte> bytes, Span<T> numbers, T scale, T shift)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var i = 0;
        if (typeof(T) == typeof(float))
        {
            fixed (byte* source = bytes)
            fixed (T* destination = numbers)
            {
                var factor = Vector512.Create(scale);
                var summand = Vector512.Create(shift);
                for (; i <= bytes.Length - Step; i += Step)
                {
                    Vector512.Store(Lanes<T>.MultiplyAdd(Sixteen<T>(source + i), factor, summand), destination + i);
                }
            }
        }

        for (; i < bytes.Length; i++)
        {
            numbers[i] = T.FusedMultiplyAdd(T.CreateTruncating(bytes[i]), scale, shift);
        }
    }

    /// <summary>16 bytes as the floats that T is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Sixteen<T>(byte* source)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Avx512F.IsSupported)
        {
            return Avx512F.ConvertToVector512Single(Avx512F.ConvertToVector512Int32(Vector128.Load(source))).As<float, T>();
        }

        var (low, high) = Vector128.Widen(Vector128.Load(source));
        var (a, b) = Vector256.Widen(Vector256.Create(low, high));
        return Vector512.ConvertToSingle(Vector512.Create(a.AsInt32(), b.AsInt32())).As<float, T>();
    }
}
