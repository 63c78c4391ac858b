using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// z = x·W + b, then max(·, 0) on request, for at most four outputs and single precision. In <see cref="Tile{T, L}"/> a vector would hold
/// the few outputs of one row and lie mostly empty; here it holds those of four rows (512 bits), two (256) or one (128).
/// <code>
///  x of four rows, four steps      one of them, spread      W[p], four times
///  x0p …  x1p …  x2p …  x3p …  →  x0p x0p x0p x0p x1p … · W[p,0] W[p,1] W[p,2] W[p,3] W[p,0] …
/// </code>
/// Each number of z is the same chain of fused multiply-adds, in the order of p, as in a tile.
/// </summary>
internal readonly unsafe struct FewOutputsJob(float* x, float* weights, float* bias, float* z, int rows, int inputs, int outputs,
    bool rectifies) : ILaneJob<float>
{
    /// <summary>Numbers in a quarter, which holds the outputs of one row.</summary>
    private const int Group = 4;

    private const double NanosecondsEach = 1 / 14.0;

    public static void Run(Team team, FewOutputsJob job) => LaneWidth<float>.Run(team, ref job, team.PartsFor(job.Nanoseconds));

    private double Nanoseconds => (double)rows * inputs * NanosecondsEach;

    public void Execute<L>(int part, int parts)
        where L : struct, ILanes<L, float>
    {
        var fewest = 4 * L.Count / Group;
        var (top, bottom) = Team.Range(rows, fewest, part, parts);
        var spread = ThreadScratch<float>.First((inputs + 1) * L.Count);
        Spread<L>(weights, inputs, outputs, spread);
        var biases = L.Zero;
        if (bias != null)
        {
            Spread<L>(bias, 1, outputs, spread + (inputs * L.Count));
            biases = L.Load(spread + (inputs * L.Count));
        }

        // The last rows may be computed twice, to the same numbers.
        for (var row = top; row < bottom; row += fewest)
        {
            var first = Math.Min(row, rows - fewest);
            Rows(x + ((nint)first * inputs), inputs, spread, biases, z + ((nint)first * outputs), z + ((nint)bottom * outputs));
        }
    }

    /// <summary>Each row of a matrix in all quarters of a vector, zeros behind what it has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Spread<L>(float* source, int rows, int columns, float* destination)
        where L : struct, ILanes<L, float>
    {
        var quarter = stackalloc float[Group];
        new Span<float>(quarter, Group).Clear();
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                quarter[column] = source[column];
            }

            L.Store(L.LoadQuarters(quarter, 0), destination);
            source += columns;
            destination += L.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Rows<L>(float* x, nint stride, float* w, L biases, float* z, float* end)
        where L : struct, ILanes<L, float>
    {
        var between = L.Count / Group;
        float* x0 = x, x1 = x + (between * stride), x2 = x1 + (between * stride), x3 = x2 + (between * stride);
        L c0 = default, c1 = default, c2 = default, c3 = default;
        var p = inputs;
        for (; p >= Group; p -= Group)
        {
            var (w0, w1, w2, w3) = (L.Load(w), L.Load(w + L.Count), L.Load(w + (2 * L.Count)), L.Load(w + (3 * L.Count)));
            Steps(L.LoadQuarters(x0, stride), w0, w1, w2, w3, ref c0);
            Steps(L.LoadQuarters(x1, stride), w0, w1, w2, w3, ref c1);
            Steps(L.LoadQuarters(x2, stride), w0, w1, w2, w3, ref c2);
            Steps(L.LoadQuarters(x3, stride), w0, w1, w2, w3, ref c3);
            x0 += Group;
            x1 += Group;
            x2 += Group;
            x3 += Group;
            w += Group * L.Count;
        }

        for (; p > 0; p--)
        {
            var w0 = L.Load(w);
            c0 = L.MultiplyAdd(L.SpreadNumbers(x0, stride), w0, c0);
            c1 = L.MultiplyAdd(L.SpreadNumbers(x1, stride), w0, c1);
            c2 = L.MultiplyAdd(L.SpreadNumbers(x2, stride), w0, c2);
            c3 = L.MultiplyAdd(L.SpreadNumbers(x3, stride), w0, c3);
            x0++;
            x1++;
            x2++;
            x3++;
            w += L.Count;
        }

        Store(Finish(c0, biases), z, end);
        Store(Finish(c1, biases), z + (between * outputs), end);
        Store(Finish(c2, biases), z + (2 * between * outputs), end);
        Store(Finish(c3, biases), z + (3 * between * outputs), end);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Steps<L>(L x, L w0, L w1, L w2, L w3, ref L c)
        where L : struct, ILanes<L, float>
    {
        c = L.MultiplyAdd(L.SpreadWithin(x, 0), w0, c);
        c = L.MultiplyAdd(L.SpreadWithin(x, 1), w1, c);
        c = L.MultiplyAdd(L.SpreadWithin(x, 2), w2, c);
        c = L.MultiplyAdd(L.SpreadWithin(x, 3), w3, c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private L Finish<L>(L sum, L biases)
        where L : struct, ILanes<L, float>
    {
        if (bias != null)
        {
            sum += biases;
        }

        return rectifies ? L.IfLessOrEqual(sum, L.Zero, L.Zero, sum) : sum;
    }

    /// <summary>A vector's rows of z. What a whole quarter writes beyond its row is overwritten by the next, except at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store<L>(L sums, float* z, float* end)
        where L : struct, ILanes<L, float>
    {
        if (z + (((L.Count / Group) - 1) * outputs) + Group <= end)
        {
            L.StoreQuarters(sums, z, outputs);
            return;
        }

        for (var lane = 0; lane < L.Count; lane++)
        {
            if (lane % Group < outputs)
            {
                z[(lane / Group * outputs) + (lane % Group)] = L.Element(sums, lane);
            }
        }
    }
}
