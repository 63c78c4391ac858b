using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// An optimizer's formula, number by number, written once: see <see cref="IReal{S}"/>. A struct, whose fields are the settings of one
/// update.
/// </summary>
public interface IUpdateRule
{
    /// <summary>How many of the moments m, v and w the rule uses.</summary>
    static abstract int Moments { get; }

    /// <summary>Overwrites the parameter p and the moments m, v and w of one number.</summary>
    /// <param name="g">∂L/∂p.</param>
    /// <param name="p">The parameter.</param>
    /// <param name="m">The first moment.</param>
    /// <param name="v">The second moment.</param>
    /// <param name="w">The third moment.</param>
    void Update<S>(S g, ref S p, ref S m, ref S v, ref S w)
        where S : struct, IReal<S>;
}

/// <summary>One pass over gradient, parameters and moments, which also finds out whether all that was written is finite: 0·x is 0 unless x
/// is not.</summary>
internal static unsafe class UpdateLoop
{
    public static bool Run<T, TRule>(TRule rule, in ParameterUpdate<T> update)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRule : struct, IUpdateRule
    {
        fixed (T* g = update.Gradient, p = update.Parameters)
        fixed (T* m = TRule.Moments > 0 ? update.Moment(0) : [], v = TRule.Moments > 1 ? update.Moment(1) : [], w = TRule.Moments > 2
            ? update.Moment(2)
            : [])
        {
            var count = update.Parameters.Length;
            return LaneWidth.Is512 ? Run<T, TRule, Lanes512<T>>(rule, g, p, m, v, w, count)
                : LaneWidth.Is256 ? Run<T, TRule, Lanes256<T>>(rule, g, p, m, v, w, count)
                : Run<T, TRule, Lanes128<T>>(rule, g, p, m, v, w, count);
        }
    }

    private static bool Run<T, TRule, L>(TRule rule, T* g, T* p, T* m, T* v, T* w, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRule : struct, IUpdateRule
        where L : struct, ILanes<L, T>
    {
        var full = count / L.Count * L.Count;
        var check = Full<T, TRule, L>(rule, g, p, m, v, w, full);
        if (full < count)
        {
            check += Last<T, TRule, L>(rule, g + full, p + full, m == null ? null : m + full, v == null ? null : v + full,
                w == null ? null : w + full, count - full);
        }

        return L.AllEqual(check, L.Zero);
    }

    /// <summary>
    /// The full vectors. A method of its own without calls, so that the checks stay in registers, and a check for each vector, as one chain
    /// of additions would be slower than the update. Never inlined: once a run is hot the compiler would do so, and leave calls in the rule
    /// because its budget is spent; Lion was 13 times slower.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static L Full<T, TRule, L>(TRule rule, T* pg, T* pp, T* pm, T* pv, T* pw, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRule : struct, IUpdateRule
        where L : struct, ILanes<L, T>
    {
        L checkP = L.Zero, checkM = L.Zero, checkV = L.Zero, checkW = L.Zero;
        for (nint i = 0; i < count; i += L.Count)
        {
            var p = L.Load(pp + i);
            var m = TRule.Moments > 0 ? L.Load(pm + i) : default;
            var v = TRule.Moments > 1 ? L.Load(pv + i) : default;
            var w = TRule.Moments > 2 ? L.Load(pw + i) : default;
            rule.Update(L.Load(pg + i), ref p, ref m, ref v, ref w);
            L.Store(p, pp + i);
            checkP = L.MultiplyAdd(p, L.Zero, checkP);
            if (TRule.Moments > 0)
            {
                L.Store(m, pm + i);
                checkM = L.MultiplyAdd(m, L.Zero, checkM);
            }

            if (TRule.Moments > 1)
            {
                L.Store(v, pv + i);
                checkV = L.MultiplyAdd(v, L.Zero, checkV);
            }

            if (TRule.Moments > 2)
            {
                L.Store(w, pw + i);
                checkW = L.MultiplyAdd(w, L.Zero, checkW);
            }
        }

        return checkP + checkM + checkV + checkW;
    }

    /// <summary>What is behind the last full vector; the lanes beyond it hold zeros and are not looked at.</summary>
    private static L Last<T, TRule, L>(TRule rule, T* pg, T* pp, T* pm, T* pv, T* pw, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRule : struct, IUpdateRule
        where L : struct, ILanes<L, T>
    {
        var p = L.LoadFirst(pp, count);
        var m = pm != null ? L.LoadFirst(pm, count) : default;
        var v = pv != null ? L.LoadFirst(pv, count) : default;
        var w = pw != null ? L.LoadFirst(pw, count) : default;
        rule.Update(L.LoadFirst(pg, count), ref p, ref m, ref v, ref w);
        L.StoreFirst(p, pp, count);
        var check = p * L.Zero;
        if (pm != null)
        {
            L.StoreFirst(m, pm, count);
            check += m * L.Zero;
        }

        if (pv != null)
        {
            L.StoreFirst(v, pv, count);
            check += v * L.Zero;
        }

        if (pw != null)
        {
            L.StoreFirst(w, pw, count);
            check += w * L.Zero;
        }

        return L.Select(L.First(count), check, L.Zero);
    }
}
