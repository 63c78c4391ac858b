using System.Globalization;
using System.Numerics;
using System.Text;

namespace FunctionalNN;

/// <summary>Prints a matrix: its shape, and its numbers or, of a large one, the corners.</summary>
internal static class MatrixText
{
    private const int Most = 6;

    public static string Of<T>(Matrix<T> matrix)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{matrix.Rows} × {matrix.Columns}");
        foreach (var row in Shown(matrix.Rows))
        {
            text.AppendLine().Append(row < 0 ? "  …" : " ");
            if (row < 0)
            {
                continue;
            }

            foreach (var column in Shown(matrix.Columns))
            {
                text.Append(column < 0 ? "  …" : Number(matrix[row, column]));
            }
        }

        return text.ToString();
    }

    public static string Number<T>(T value)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        $" {double.CreateSaturating(value),10:G4}";

    /// <summary>Positions to print; -1 stands for those left out.</summary>
    private static IEnumerable<int> Shown(int count) =>
        count <= Most
            ? Enumerable.Range(0, count)
            : [.. Enumerable.Range(0, Most / 2), -1, .. Enumerable.Range(count - (Most / 2), Most / 2)];
}
