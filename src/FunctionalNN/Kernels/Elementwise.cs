using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>y = f(x), number by number.</summary>
internal interface IUnary<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    Vector512<T> Invoke(Vector512<T> x);
}

/// <summary>z = f(x, y), number by number.</summary>
internal interface IBinary<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    Vector512<T> Invoke(Vector512<T> x, Vector512<T> y);
}

/// <summary>All bits of a lane set where something holds of x and y.</summary>
internal interface IPredicate<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    Vector512<T> Invoke(Vector512<T> x, Vector512<T> y);
}

/// <summary>
/// Loops over numbers. The formula is a struct, so that the loop is compiled for it. What is behind the last full vector goes
/// through the same formula in a partly filled one: a number's result never depends on where it lies.
/// The destination may be one of the inputs.
/// </summary>
internal static unsafe class Elementwise
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Map<T, TFormula>(TFormula formula, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TFormula : struct, IUnary<T>
    {
        fixed (T* px = x, py = y)
        {
            var i = 0;
            for (; i <= y.Length - Lanes<T>.Count; i += Lanes<T>.Count)
            {
                Vector512.Store(formula.Invoke(Vector512.Load(px + i)), py + i);
            }

            if (i < y.Length)
            {
                var count = y.Length - i;
                Lanes<T>.StoreFirst(formula.Invoke(Lanes<T>.LoadFirst(px + i, count)), py + i, count);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Zip<T, TFormula>(TFormula formula, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> z)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TFormula : struct, IBinary<T>
    {
        fixed (T* px = x, py = y, pz = z)
        {
            var i = 0;
            for (; i <= z.Length - Lanes<T>.Count; i += Lanes<T>.Count)
            {
                Vector512.Store(formula.Invoke(Vector512.Load(px + i), Vector512.Load(py + i)), pz + i);
            }

            if (i < z.Length)
            {
                var count = z.Length - i;
                var last = formula.Invoke(Lanes<T>.LoadFirst(px + i, count), Lanes<T>.LoadFirst(py + i, count));
                Lanes<T>.StoreFirst(last, pz + i, count);
            }
        }
    }

    /// <summary>For how many positions the predicate holds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static int Count<T, TPredicate>(TPredicate predicate, ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TPredicate : struct, IPredicate<T>
    {
        var holds = 0;
        fixed (T* px = x, py = y)
        {
            for (var i = 0; i < x.Length; i += Lanes<T>.Count)
            {
                var count = Math.Min(Lanes<T>.Count, x.Length - i);
                var mask = predicate.Invoke(Lanes<T>.LoadFirst(px + i, count), Lanes<T>.LoadFirst(py + i, count)) & Lanes<T>.First(count);
                holds += BitOperations.PopCount(mask.ExtractMostSignificantBits());
            }
        }

        return holds;
    }
}
