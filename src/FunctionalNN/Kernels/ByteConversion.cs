using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>x = scale · byte + shift, rounded once.</summary>
internal static unsafe class ByteConversion
{
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
                for (; i <= bytes.Length - 16; i += 16)
                {
                    var (low, high) = Vector128.Widen(Vector128.Load(source + i));
                    var (a, b) = Vector256.Widen(Vector256.Create(low, high));
                    var x = Vector512.ConvertToSingle(Vector512.Create(a.AsInt32(), b.AsInt32())).As<float, T>();
                    Vector512.Store(Lanes<T>.MultiplyAdd(x, factor, summand), destination + i);
                }
            }
        }

        for (; i < bytes.Length; i++)
        {
            numbers[i] = T.FusedMultiplyAdd(T.CreateTruncating(bytes[i]), scale, shift);
        }
    }
}
