using System.Numerics;

namespace FunctionalNN;

/// <summary>Adds normal noise to every number: x + σ·N(0, 1). For inputs of any kind.</summary>
/// <remarks><see cref="GaussianNoise"/> is the same as a layer, also between layers.</remarks>
/// <param name="StandardDeviation">σ, 0 or more.</param>
public sealed record RandomNoise(double StandardDeviation) : Augmentation
{
    /// <inheritdoc/>
    public override string? ProblemWith(int width) => StandardDeviation >= 0 && double.IsFinite(StandardDeviation)
        ? null
        : $"{nameof(RandomNoise)} has the standard deviation {StandardDeviation}: give a finite number of 0 or more";

    /// <inheritdoc/>
    public override void Apply<T>(Key key, Span<T> row)
    {
        for (var i = 0; i < row.Length; i++)
        {
            row[i] += T.CreateSaturating(StandardDeviation * key.Normal(i));
        }
    }
}
