using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// y = f(x, z), where f may differ from column to column: it is told at which column the numbers lie and how many there are.
/// </summary>
internal interface IColumnFormula<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    L Invoke<L>(L x, L z, int column, int lanes)
        where L : struct, ILanes<L, T>;
}

/// <summary>y[i, j] = fⱼ(x[i, j], z[i, j]): element-wise loops with settings that are rows, such as slopes, means and scales. Threads
/// divide the rows.</summary>
internal static unsafe class Columnwise
{
    /// <param name="team">The threads.</param>
    /// <param name="formula">f; the memory that it points to must stay where it is.</param>
    /// <param name="x">[n × w].</param>
    /// <param name="z">[n × w]; give x again where f takes one argument.</param>
    /// <param name="y">Takes [n × w].</param>
    /// <param name="columns">w.</param>
    public static void Map<T, TFormula>(Team team, TFormula formula, ReadOnlySpan<T> x, ReadOnlySpan<T> z, Span<T> y, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TFormula : struct, IColumnFormula<T>
    {
        fixed (T* px = x, pz = z, py = y)
        {
            var job = new Job<T, TFormula>(formula, px, pz, py, y.Length / columns, columns);
            LaneWidth<T>.Run(team, ref job, team.PartsFor(y.Length * 0.15));
        }
    }

    private readonly struct Job<T, TFormula>(TFormula formula, T* x, T* z, T* y, int rows, int columns) : ILaneJob<T>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TFormula : struct, IColumnFormula<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Execute<L>(int part, int parts)
            where L : struct, ILanes<L, T>
        {
            var (row, end) = Team.Range(rows, 1, part, parts);
            for (; row < end; row++)
            {
                var (column, at) = (0, (nint)row * columns);
                for (; column <= columns - L.Count; column += L.Count)
                {
                    L.Store(formula.Invoke(L.Load(x + at + column), L.Load(z + at + column), column, L.Count), y + at + column);
                }

                if (column < columns)
                {
                    var lanes = columns - column;
                    var last = formula.Invoke(L.LoadFirst(x + at + column, lanes), L.LoadFirst(z + at + column, lanes), column, lanes);
                    L.StoreFirst(last, y + at + column, lanes);
                }
            }
        }
    }
}
