using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FunctionalNN;

/// <summary>
/// z = x·W + b, then max(·, 0) on request, for at most four outputs and single precision. In <see cref="Tile{T}"/> a vector would hold the few outputs of one
/// row and lie mostly empty; here it holds those of four rows.
/// <code>
///  x of four rows, four steps      one of them, spread      W[p], four times
///  x0p …  x1p …  x2p …  x3p …  →  x0p x0p x0p x0p x1p … · W[p,0] W[p,1] W[p,2] W[p,3] W[p,0] …
/// </code>
/// Each number of z is the same chain of fused multiply-adds, in the order of p, as in a tile.
/// </summary>
internal readonly unsafe struct FewOutputsJob(float* x, float* weights, float* bias, float* z, int rows, int inputs, int outputs, bool rectifies) : IJob
{
    private const int Group = 4;
    private const int FewestRows = 4 * Group;
    private const double NanosecondsEach = 1 / 14.0;

    /// <summary>Whether it is of use here: elsewhere a permutation within quarters is no single instruction.</summary>
    public static bool Serves(int rows, int outputs) => Avx512F.IsSupported && rows >= FewestRows && outputs is >= 1 and <= Group;

    public static void Run(Team team, FewOutputsJob job) => team.Run(ref job, team.PartsFor(job.Nanoseconds));

    private double Nanoseconds => (double)rows * inputs * NanosecondsEach;

    public void Execute(int part, int parts)
    {
        var (top, bottom) = Team.Range(rows, FewestRows, part, parts);
        var spread = Room<float>.First(inputs * Vector512<float>.Count);
        Spread(weights, inputs, outputs, spread);
        Vector512<float> biases = default;
        if (bias != null)
        {
            Spread(bias, 1, outputs, (float*)&biases);
        }

        // The last rows may be computed twice, to the same numbers.
        for (var row = top; row < bottom; row += FewestRows)
        {
            var first = Math.Min(row, rows - FewestRows);
            Rows(x + ((nint)first * inputs), inputs, spread, biases, z + ((nint)first * outputs), z + ((nint)bottom * outputs));
        }
    }

    /// <summary>Each row of a matrix four times in a vector, zeros behind what it has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Spread(float* source, int rows, int columns, float* destination)
    {
        for (var row = 0; row < rows; row++)
        {
            var quarter = Vector128.Create(source[0], columns > 1 ? source[1] : 0, columns > 2 ? source[2] : 0, columns > 3 ? source[3] : 0);
            var half = Vector256.Create(quarter, quarter);
            Vector512.Store(Vector512.Create(half, half), destination);
            source += columns;
            destination += Vector512<float>.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Rows(float* x, nint stride, float* w, Vector512<float> biases, float* z, float* end)
    {
        float* x0 = x, x1 = x + (Group * stride), x2 = x1 + (Group * stride), x3 = x2 + (Group * stride);
        var stride3 = 3 * stride;
        Vector512<float> c0 = default, c1 = default, c2 = default, c3 = default;
        var p = inputs;
        for (; p >= Group; p -= Group)
        {
            var (w0, w1, w2, w3) = (Vector512.Load(w), Vector512.Load(w + 16), Vector512.Load(w + 32), Vector512.Load(w + 48));
            Steps(Four(x0, stride, stride3), w0, w1, w2, w3, ref c0);
            Steps(Four(x1, stride, stride3), w0, w1, w2, w3, ref c1);
            Steps(Four(x2, stride, stride3), w0, w1, w2, w3, ref c2);
            Steps(Four(x3, stride, stride3), w0, w1, w2, w3, ref c3);
            x0 += Group;
            x1 += Group;
            x2 += Group;
            x3 += Group;
            w += Group * Vector512<float>.Count;
        }

        for (; p > 0; p--)
        {
            var w0 = Vector512.Load(w);
            c0 = Vector512.FusedMultiplyAdd(One(x0, stride, stride3), w0, c0);
            c1 = Vector512.FusedMultiplyAdd(One(x1, stride, stride3), w0, c1);
            c2 = Vector512.FusedMultiplyAdd(One(x2, stride, stride3), w0, c2);
            c3 = Vector512.FusedMultiplyAdd(One(x3, stride, stride3), w0, c3);
            x0++;
            x1++;
            x2++;
            x3++;
            w += Vector512<float>.Count;
        }

        Store(Finish(c0, biases), z, end);
        Store(Finish(c1, biases), z + (Group * outputs), end);
        Store(Finish(c2, biases), z + (2 * Group * outputs), end);
        Store(Finish(c3, biases), z + (3 * Group * outputs), end);
    }

    /// <summary>Four steps of four rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Four(float* x, nint stride, nint stride3) => Vector512.Create(
        Vector256.Create(Vector128.Load(x), Vector128.Load(x + stride)),
        Vector256.Create(Vector128.Load(x + (2 * stride)), Vector128.Load(x + stride3)));

    /// <summary>One step of four rows, spread.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> One(float* x, nint stride, nint stride3) => Vector512.Create(
        Vector256.Create(Vector128.Create(*x), Vector128.Create(x[stride])),
        Vector256.Create(Vector128.Create(x[2 * stride]), Vector128.Create(x[stride3])));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Steps(Vector512<float> x, Vector512<float> w0, Vector512<float> w1, Vector512<float> w2, Vector512<float> w3, ref Vector512<float> c)
    {
        c = Vector512.FusedMultiplyAdd(Avx512F.Permute4x32(x, 0b00_00_00_00), w0, c);
        c = Vector512.FusedMultiplyAdd(Avx512F.Permute4x32(x, 0b01_01_01_01), w1, c);
        c = Vector512.FusedMultiplyAdd(Avx512F.Permute4x32(x, 0b10_10_10_10), w2, c);
        c = Vector512.FusedMultiplyAdd(Avx512F.Permute4x32(x, 0b11_11_11_11), w3, c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<float> Finish(Vector512<float> sum, Vector512<float> biases)
    {
        if (bias != null)
        {
            sum += biases;
        }

        return rectifies ? Vector512.ConditionalSelect(Vector512.LessThanOrEqual(sum, Vector512<float>.Zero), Vector512<float>.Zero, sum) : sum;
    }

    /// <summary>Four rows of z. What a whole quarter writes beyond its row is overwritten by the next, except at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store(Vector512<float> sums, float* z, float* end)
    {
        var (low, high) = (sums.GetLower(), sums.GetUpper());
        Store(low.GetLower(), z, end);
        Store(low.GetUpper(), z + outputs, end);
        Store(high.GetLower(), z + (2 * outputs), end);
        Store(high.GetUpper(), z + (3 * outputs), end);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store(Vector128<float> row, float* z, float* end)
    {
        if (z + Group <= end)
        {
            Vector128.Store(row, z);
            return;
        }

        for (var i = 0; i < outputs; i++)
        {
            z[i] = row.GetElement(i);
        }
    }
}
