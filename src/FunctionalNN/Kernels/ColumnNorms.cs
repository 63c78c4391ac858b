using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>Projections of a matrix [rows × columns]. A thread has columns of its own and adds up the rows in order, so that threads cannot change a sum.</summary>
internal static unsafe class ColumnNorms
{
    /// <summary>Scales each column to a norm within [least, most]; those within, and columns of zeros, stay as they are.</summary>
    public static void Limit<T>(Team team, Span<T> values, int rows, int columns, double least, double most)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* p = values)
        {
            var job = new Job<T>(p, rows, columns, least, most);
            team.Run(ref job, team.PartsFor(values.Length * 0.5));
        }
    }

    /// <summary>x ← 0 where x &lt; 0.</summary>
    public static void RemoveNegatives<T>(Team team, Span<T> values)
        where T : unmanaged, IFloatingPointIeee754<T> => VectorPass.Zip(team, default(Floor<T>), values, values, values);

    private readonly struct Floor<T> : IBinary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> x, Vector512<T> same) =>
            Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<T>.Zero), Vector512<T>.Zero, x);
    }

    private readonly struct Job<T>(T* values, int rows, int columns, double least, double most) : IJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Execute(int part, int parts)
        {
            var (lower, upper, one) = (Lanes<T>.Of(least), Lanes<T>.Of(most), Vector512<T>.One);
            var (first, end) = Team.Range(columns, Lanes<T>.Count, part, parts);
            for (var j = first; j < end; j += Lanes<T>.Count)
            {
                var count = Math.Min(Lanes<T>.Count, columns - j);
                var squares = Vector512<T>.Zero;
                for (var i = 0; i < rows; i++)
                {
                    var w = Lanes<T>.LoadFirst(values + ((nint)i * columns) + j, count);
                    squares = Lanes<T>.MultiplyAdd(w, w, squares);
                }

                var norm = Vector512.Sqrt(squares);
                var isNull = Vector512.Equals(norm, Vector512<T>.Zero);
                var factor = Vector512.ConditionalSelect(Vector512.GreaterThan(norm, upper), upper / norm, one);
                factor = Vector512.ConditionalSelect(Vector512.LessThan(norm, lower), lower / norm, factor);
                factor = Vector512.ConditionalSelect(isNull, one, factor);
                if (Vector512.EqualsAll(factor, one))
                {
                    continue;
                }

                for (var i = 0; i < rows; i++)
                {
                    var place = values + ((nint)i * columns) + j;
                    Lanes<T>.StoreFirst(Lanes<T>.LoadFirst(place, count) * factor, place, count);
                }
            }
        }
    }
}
