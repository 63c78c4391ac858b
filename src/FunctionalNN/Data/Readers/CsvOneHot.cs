using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>Rows of numbers and codes of categories as inputs.</summary>
/// <param name="features">The columns.</param>
/// <param name="places">For each column the place of each code.</param>
internal sealed class CsvOneHot(ImmutableArray<CsvFeature> features, int[][] places)
{
    private readonly bool isPlain = features.All(feature => feature.IsNumber);

    /// <param name="row">One value a column; NaN where it is missing, −1 for a category that is not known.</param>
    /// <param name="inputs">Takes the inputs.</param>
    public void Expand<T>(ReadOnlySpan<T> row, Span<T> inputs)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (isPlain)
        {
            row.CopyTo(inputs);
            return;
        }

        var at = 0;
        for (var i = 0; i < row.Length; i++)
        {
            if (features[i].IsNumber)
            {
                inputs[at++] = row[i];
                continue;
            }

            var oneHot = inputs.Slice(at, features[i].Width);
            oneHot.Fill(T.IsNaN(row[i]) ? T.NaN : T.Zero);
            if (row[i] >= T.Zero)
            {
                oneHot[places[i][int.CreateTruncating(row[i])]] = T.One;
            }

            at += oneHot.Length;
        }
    }
}
