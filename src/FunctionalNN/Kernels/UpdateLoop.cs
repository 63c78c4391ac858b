using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>An optimizer's formula for one vector of numbers: overwrites the parameters p and the moments m, v and w.</summary>
internal interface IUpdateRule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>How many of m, v and w the rule uses.</summary>
    static abstract int Moments { get; }

    void Invoke(Vector512<T> g, ref Vector512<T> p, ref Vector512<T> m, ref Vector512<T> v, ref Vector512<T> w);
}

/// <summary>One pass over gradient, parameters and moments, which also finds out whether all that was written is finite: 0·x is 0 unless x is not.</summary>
internal static unsafe class UpdateLoop
{
    public static bool Run<T, TRule>(TRule rule, in ParameterUpdate<T> update)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRule : struct, IUpdateRule<T>
    {
        var count = update.Parameters.Length;
        var full = count / Lanes<T>.Count * Lanes<T>.Count;
        fixed (T* pg = update.Gradient, pp = update.Parameters)
        fixed (T* pm = TRule.Moments > 0 ? update.Moment(0) : [], pv = TRule.Moments > 1 ? update.Moment(1) : [], pw = TRule.Moments > 2 ? update.Moment(2) : [])
        {
            var check = Full(rule, pg, pp, pm, pv, pw, full);
            if (full < count)
            {
                check += Last(rule, pg + full, pp + full, pm == null ? null : pm + full, pv == null ? null : pv + full, pw == null ? null : pw + full, count - full);
            }

            return Vector512.EqualsAll(check, Vector512<T>.Zero);
        }
    }

    /// <summary>
    /// The full vectors. A method of its own without calls, so that the checks stay in registers, and a check for each vector, as one chain of
    /// additions would be slower than the update.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector512<T> Full<T, TRule>(TRule rule, T* pg, T* pp, T* pm, T* pv, T* pw, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRule : struct, IUpdateRule<T>
    {
        Vector512<T> checkP = Vector512<T>.Zero, checkM = Vector512<T>.Zero, checkV = Vector512<T>.Zero, checkW = Vector512<T>.Zero;
        for (nint i = 0; i < count; i += Lanes<T>.Count)
        {
            var p = Vector512.Load(pp + i);
            var m = TRule.Moments > 0 ? Vector512.Load(pm + i) : default;
            var v = TRule.Moments > 1 ? Vector512.Load(pv + i) : default;
            var w = TRule.Moments > 2 ? Vector512.Load(pw + i) : default;
            rule.Invoke(Vector512.Load(pg + i), ref p, ref m, ref v, ref w);
            Vector512.Store(p, pp + i);
            checkP = Lanes<T>.MultiplyAdd(p, Vector512<T>.Zero, checkP);
            if (TRule.Moments > 0)
            {
                Vector512.Store(m, pm + i);
                checkM = Lanes<T>.MultiplyAdd(m, Vector512<T>.Zero, checkM);
            }

            if (TRule.Moments > 1)
            {
                Vector512.Store(v, pv + i);
                checkV = Lanes<T>.MultiplyAdd(v, Vector512<T>.Zero, checkV);
            }

            if (TRule.Moments > 2)
            {
                Vector512.Store(w, pw + i);
                checkW = Lanes<T>.MultiplyAdd(w, Vector512<T>.Zero, checkW);
            }
        }

        return checkP + checkM + checkV + checkW;
    }

    /// <summary>What is behind the last full vector; the lanes beyond it hold zeros and are not looked at.</summary>
    private static Vector512<T> Last<T, TRule>(TRule rule, T* pg, T* pp, T* pm, T* pv, T* pw, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRule : struct, IUpdateRule<T>
    {
        var p = Lanes<T>.LoadFirst(pp, count);
        var m = pm != null ? Lanes<T>.LoadFirst(pm, count) : default;
        var v = pv != null ? Lanes<T>.LoadFirst(pv, count) : default;
        var w = pw != null ? Lanes<T>.LoadFirst(pw, count) : default;
        rule.Invoke(Lanes<T>.LoadFirst(pg, count), ref p, ref m, ref v, ref w);
        Lanes<T>.StoreFirst(p, pp, count);
        var check = p * Vector512<T>.Zero;
        if (pm != null)
        {
            Lanes<T>.StoreFirst(m, pm, count);
            check += m * Vector512<T>.Zero;
        }

        if (pv != null)
        {
            Lanes<T>.StoreFirst(v, pv, count);
            check += v * Vector512<T>.Zero;
        }

        if (pw != null)
        {
            Lanes<T>.StoreFirst(w, pw, count);
            check += w * Vector512<T>.Zero;
        }

        return Vector512.ConditionalSelect(Lanes<T>.First(count), check, Vector512<T>.Zero);
    }
}
