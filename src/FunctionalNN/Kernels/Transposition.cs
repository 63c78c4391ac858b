using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FunctionalNN;

/// <summary>destination[j, i] = source[i, j], in squares of one vector's side.</summary>
internal static unsafe class Transposition
{
    /// <summary>Up to so many rows or columns go number by number.</summary>
    private const int Few = 4;

    /// <summary>Rows of the source become columns of the destination.</summary>
    public static void Run<T>(T* source, nint sourceStride, T* destination, nint destinationStride, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var side = Lanes<T>.Count;
        for (var row = 0; row < rows; row += side)
        {
            var height = Math.Min(side, rows - row);
            for (var column = 0; column < columns; column += side)
            {
                var width = Math.Min(side, columns - column);
                var (from, to) = ((nint)(source + (row * sourceStride) + column), (nint)(destination + (column * destinationStride) + row));
                if (Avx512F.IsSupported && width > Few && height > Few)
                {
                    Square((T*)from, sourceStride, (T*)to, destinationStride, height, width);
                }
                else
                {
                    Numbers((T*)from, sourceStride, (T*)to, destinationStride, height, width);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Numbers<T>(T* source, nint sourceStride, T* destination, nint destinationStride, int height, int width)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var j = 0; j < width; j++)
        {
            var (from, to) = ((nint)(source + j), (nint)(destination + (j * destinationStride)));
            for (var i = 0; i < height; i++)
            {
                *(T*)to = *(T*)from;
                from += sourceStride * sizeof(T);
                to += sizeof(T);
            }
        }
    }

    /// <summary>
    /// Exchanges the halves of rows that lie half the side apart, then quarters, and so on down to single numbers:
    /// log₂(side) rounds of two-source permutations.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Square<T>(T* source, nint sourceStride, T* destination, nint destinationStride, int height, int width)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var side = Lanes<T>.Count;
        var rows = stackalloc Vector512<T>[side];
        for (var i = 0; i < side; i++)
        {
            rows[i] = i >= height ? default : width == side ? Vector512.Load(source + (i * sourceStride)) : Lanes<T>.LoadFirst(source + (i * sourceStride), width);
        }

        for (var distance = side / 2; distance > 0; distance /= 2)
        {
            var (upper, lower) = Pattern<T>(distance);
            for (var i = 0; i < side; i = ((i | distance) + 1) & ~distance)
            {
                var (r0, r1) = (rows[i], rows[i + distance]);
                rows[i] = Permute(r0, upper, r1);
                rows[i + distance] = Permute(r0, lower, r1);
            }
        }

        for (var j = 0; j < width; j++)
        {
            if (height == side)
            {
                Vector512.Store(rows[j], destination + (j * destinationStride));
            }
            else
            {
                Lanes<T>.StoreFirst(rows[j], destination + (j * destinationStride), height);
            }
        }
    }

    /// <summary>Lane numbers, those of the second row counted after those of the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<T> Upper, Vector512<T> Lower) Pattern<T>(int distance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (sizeof(T) == sizeof(float))
        {
            var lane = Vector512<int>.Indices;
            var isSecond = Vector512.Equals(lane & Vector512.Create(distance), Vector512.Create(distance));
            return (Vector512.ConditionalSelect(isSecond, lane - Vector512.Create(distance) + Vector512.Create(16), lane).As<int, T>(),
                    Vector512.ConditionalSelect(isSecond, lane + Vector512.Create(16), lane + Vector512.Create(distance)).As<int, T>());
        }

        var wide = Vector512<long>.Indices;
        var isWideSecond = Vector512.Equals(wide & Vector512.Create((long)distance), Vector512.Create((long)distance));
        return (Vector512.ConditionalSelect(isWideSecond, wide - Vector512.Create((long)distance) + Vector512.Create(8L), wide).As<long, T>(),
                Vector512.ConditionalSelect(isWideSecond, wide + Vector512.Create(8L), wide + Vector512.Create((long)distance)).As<long, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Permute<T>(Vector512<T> first, Vector512<T> lanes, Vector512<T> second)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        sizeof(T) == sizeof(float)
            ? Avx512F.PermuteVar16x32x2(first.AsSingle(), lanes.AsInt32(), second.AsSingle()).As<float, T>()
            : Avx512F.PermuteVar8x64x2(first.AsDouble(), lanes.AsInt64(), second.AsDouble()).As<double, T>();
}
