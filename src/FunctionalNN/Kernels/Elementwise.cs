using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>Whether something holds of x and y, as a mask, number by number.</summary>
internal interface IPredicate<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    L Invoke<L>(L x, L y)
        where L : struct, ILanes<L, T>;
}

/// <summary>
/// Loops over numbers. The formula is a struct, so that the loop is compiled for it. What is behind the last full vector goes
/// through the same formula in a partly filled one: a number's result never depends on where it lies.
/// The destination may be one of the inputs.
/// </summary>
internal static unsafe class Elementwise
{
    public static void Map<T, TFormula>(TFormula formula, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TFormula : struct, IFormula
    {
        fixed (T* px = x, py = y)
        {
            if (LaneWidth.Is512)
            {
                Map<T, TFormula, Lanes512<T>>(formula, px, py, y.Length);
            }
            else if (LaneWidth.Is256)
            {
                Map<T, TFormula, Lanes256<T>>(formula, px, py, y.Length);
            }
            else
            {
                Map<T, TFormula, Lanes128<T>>(formula, px, py, y.Length);
            }
        }
    }

    public static void Zip<T, TFormula>(TFormula formula, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> z)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TFormula : struct, IBinaryFormula
    {
        fixed (T* px = x, py = y, pz = z)
        {
            if (LaneWidth.Is512)
            {
                Zip<T, TFormula, Lanes512<T>>(formula, px, py, pz, z.Length);
            }
            else if (LaneWidth.Is256)
            {
                Zip<T, TFormula, Lanes256<T>>(formula, px, py, pz, z.Length);
            }
            else
            {
                Zip<T, TFormula, Lanes128<T>>(formula, px, py, pz, z.Length);
            }
        }
    }

    /// <summary>For how many positions the predicate holds.</summary>
    public static int Count<T, TPredicate>(TPredicate predicate, ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TPredicate : struct, IPredicate<T>
    {
        fixed (T* px = x, py = y)
        {
            return LaneWidth.Is512 ? Count<T, TPredicate, Lanes512<T>>(predicate, px, py, x.Length)
                : LaneWidth.Is256 ? Count<T, TPredicate, Lanes256<T>>(predicate, px, py, x.Length)
                : Count<T, TPredicate, Lanes128<T>>(predicate, px, py, x.Length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Map<T, TFormula, L>(TFormula formula, T* x, T* y, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TFormula : struct, IFormula
        where L : struct, ILanes<L, T>
    {
        var i = 0;
        for (; i <= count - L.Count; i += L.Count)
        {
            L.Store(formula.Of(L.Load(x + i)), y + i);
        }

        if (i < count)
        {
            L.StoreFirst(formula.Of(L.LoadFirst(x + i, count - i)), y + i, count - i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Zip<T, TFormula, L>(TFormula formula, T* x, T* y, T* z, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TFormula : struct, IBinaryFormula
        where L : struct, ILanes<L, T>
    {
        var i = 0;
        for (; i <= count - L.Count; i += L.Count)
        {
            L.Store(formula.Of(L.Load(x + i), L.Load(y + i)), z + i);
        }

        if (i < count)
        {
            L.StoreFirst(formula.Of(L.LoadFirst(x + i, count - i), L.LoadFirst(y + i, count - i)), z + i, count - i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int Count<T, TPredicate, L>(TPredicate predicate, T* x, T* y, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TPredicate : struct, IPredicate<T>
        where L : struct, ILanes<L, T>
    {
        var holds = 0;
        for (var i = 0; i < count; i += L.Count)
        {
            holds += L.CountOf(predicate.Invoke(L.LoadFirst(x + i, count - i), L.LoadFirst(y + i, count - i)) & L.First(count - i));
        }

        return holds;
    }
}
