using System.Numerics;

namespace FunctionalNN;

/// <summary>destination[j, i] = source[i, j], in squares that the first-level cache holds.</summary>
internal static unsafe class Transposition
{
    private const int Side = 16;

    public static void Run<T>(Team team, ReadOnlySpan<T> source, Span<T> destination, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* from = source, to = destination)
        {
            var job = new Job<T>(from, to, rows, columns);
            team.Run(ref job, team.PartsFor((double)rows * columns * 0.5));
        }
    }

    private readonly struct Job<T>(T* source, T* destination, int rows, int columns) : IJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Execute(int part, int parts)
        {
            var (left, right) = Team.Range(columns, Side, part, parts);
            for (var column = left; column < right; column += Side)
            {
                var columnEnd = Math.Min(right, column + Side);
                for (var row = 0; row < rows; row += Side)
                {
                    var rowEnd = Math.Min(rows, row + Side);
                    for (var j = column; j < columnEnd; j++)
                    {
                        for (var i = row; i < rowEnd; i++)
                        {
                            destination[((long)j * rows) + i] = source[((long)i * columns) + j];
                        }
                    }
                }
            }
        }
    }
}
