using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace FunctionalNN.Benchmarks;

/// <summary>
/// The most that one thread can compute with vectors of the process's width, in GFLOP/s: fused multiply-adds on sums that never leave the
/// registers, enough of them that none waits for the last. Nothing is read from memory.
/// </summary>
internal static class PeakRate
{
    private const int Steps = 20_000;

    public static double Measure() =>
        LaneWidth.Is512 ? Measure<Lanes512<float>>() : LaneWidth.Is256 ? Measure<Lanes256<float>>() : Measure<Lanes128<float>>();

    private static double Measure<L>()
        where L : struct, ILanes<L, float>
    {
        var best = double.PositiveInfinity;
        var begun = Stopwatch.GetTimestamp();
        var kept = 0f;
        while (Stopwatch.GetElapsedTime(begun).TotalSeconds < 0.5)
        {
            var start = Stopwatch.GetTimestamp();
            kept += Run<L>(Steps);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        GC.KeepAlive(kept);
        return 2.0 * 12 * L.Count * Steps / best / 1e9;
    }

    /// <summary>Twelve sums: with four cycles to an operation and two operations a cycle, eight would do.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Run<L>(int steps)
        where L : struct, ILanes<L, float>
    {
        L a = L.Of(0.5f), b = L.Of(1e-3f);
        L c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default;
        L c6 = default, c7 = default, c8 = default, c9 = default, c10 = default, c11 = default;
        for (var i = 0; i < steps; i++)
        {
            c0 = L.MultiplyAdd(a, c0, b);
            c1 = L.MultiplyAdd(a, c1, b);
            c2 = L.MultiplyAdd(a, c2, b);
            c3 = L.MultiplyAdd(a, c3, b);
            c4 = L.MultiplyAdd(a, c4, b);
            c5 = L.MultiplyAdd(a, c5, b);
            c6 = L.MultiplyAdd(a, c6, b);
            c7 = L.MultiplyAdd(a, c7, b);
            c8 = L.MultiplyAdd(a, c8, b);
            c9 = L.MultiplyAdd(a, c9, b);
            c10 = L.MultiplyAdd(a, c10, b);
            c11 = L.MultiplyAdd(a, c11, b);
        }

        return L.Element(c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10 + c11, 0);
    }
}
