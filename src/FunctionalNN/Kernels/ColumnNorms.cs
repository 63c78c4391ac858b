using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>Projections of a matrix [rows × columns]. A thread has columns of its own and adds up the rows in order, so that threads cannot
/// change a sum.</summary>
internal static unsafe class ColumnNorms
{
    /// <summary>Scales each column to a norm within [least, most]; those within, and columns of zeros, stay as they are.</summary>
    public static void Limit<T>(Team team, Span<T> values, int rows, int columns, double least, double most)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* p = values)
        {
            var job = new Job<T>(p, rows, columns, least, most);
            LaneWidth<T>.Run(team, ref job, team.PartsFor(values.Length * 0.5));
        }
    }

    /// <summary>x ← 0 where x &lt; 0.</summary>
    public static void RemoveNegatives<T>(Team team, Span<T> values)
        where T : unmanaged, IFloatingPointIeee754<T> => VectorPass.Zip(team, default(Floor), values, values, values);

    private readonly struct Floor : IBinaryFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S x, S same)
            where S : struct, IReal<S> => S.Max(x, 0);
    }

    private readonly struct Job<T>(T* values, int rows, int columns, double least, double most) : ILaneJob<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Execute<L>(int part, int parts)
            where L : struct, ILanes<L, T>
        {
            var (lower, upper, one) = ((L)least, (L)most, L.One);
            var (first, end) = Team.Range(columns, L.Count, part, parts);
            for (var j = first; j < end; j += L.Count)
            {
                var count = Math.Min(L.Count, columns - j);
                var squares = L.Zero;
                for (var i = 0; i < rows; i++)
                {
                    var w = L.LoadFirst(values + ((nint)i * columns) + j, count);
                    squares = L.MultiplyAdd(w, w, squares);
                }

                var norm = L.Sqrt(squares);
                var factor = L.IfLess(upper, norm, upper / norm, one);
                factor = L.IfLess(norm, lower, lower / norm, factor);
                factor = L.IfEqual(norm, L.Zero, one, factor);
                if (L.AllEqual(factor, one))
                {
                    continue;
                }

                for (var i = 0; i < rows; i++)
                {
                    var place = values + ((nint)i * columns) + j;
                    L.StoreFirst(L.LoadFirst(place, count) * factor, place, count);
                }
            }
        }
    }
}
