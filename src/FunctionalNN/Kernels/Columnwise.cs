using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>
/// y = f(x, z), where f may differ from column to column: it is told at which column the numbers lie and how many there are.
/// </summary>
internal interface IColumnFormula<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    Vector512<T> Invoke(Vector512<T> x, Vector512<T> z, int column, int lanes);
}

/// <summary>y[i, j] = fⱼ(x[i, j], z[i, j]): element-wise loops with settings that are rows, such as slopes, means and scales. Threads divide the rows.</summary>
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
            team.Run(ref job, team.PartsFor(y.Length * 0.15));
        }
    }

    private readonly struct Job<T, TFormula>(TFormula formula, T* x, T* z, T* y, int rows, int columns) : IJob
        where T : unmanaged, IFloatingPointIeee754<T>
        where TFormula : struct, IColumnFormula<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Execute(int part, int parts)
        {
            var (row, end) = Team.Range(rows, 1, part, parts);
            for (; row < end; row++)
            {
                var (column, at) = (0, (nint)row * columns);
                for (; column <= columns - Lanes<T>.Count; column += Lanes<T>.Count)
                {
                    Vector512.Store(formula.Invoke(Vector512.Load(x + at + column), Vector512.Load(z + at + column), column, Lanes<T>.Count), y + at + column);
                }

                if (column < columns)
                {
                    var lanes = columns - column;
                    var last = formula.Invoke(Lanes<T>.LoadFirst(x + at + column, lanes), Lanes<T>.LoadFirst(z + at + column, lanes), column, lanes);
                    Lanes<T>.StoreFirst(last, y + at + column, lanes);
                }
            }
        }
    }
}
