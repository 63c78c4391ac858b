using System.Collections.Immutable;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// One rate up to the first boundary, the next from there on, and so on: the update number b (counted from 0) is the first with the next
/// rate, as in PyTorch's MultiStepLR. Keras' PiecewiseConstantDecay changes one update later.
/// </summary>
/// <param name="Boundaries">Rising.</param>
/// <param name="Rates">One more than boundaries.</param>
public sealed record PiecewiseConstant(ImmutableArray<long> Boundaries, ImmutableArray<double> Rates) : LearningRateSchedule
{
    internal static Schema Schema => Schema.Of("PiecewiseConstant", new PiecewiseConstant([], [0]))
        .With("boundaries", schedule => schedule.Boundaries, (schedule, value) => schedule with { Boundaries = value })
        .With("rates", schedule => schedule.Rates, (schedule, value) => schedule with { Rates = value });

    /// <inheritdoc/>
    public override double At(long updates) => Rates[Boundaries.Count(boundary => boundary <= updates)];

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() =>
        RequireRates(Rates.AsSpan())
        | Require(Rates.Length == Boundaries.Length + 1,
            $"PiecewiseConstant has {Boundaries.Length} boundaries and {Rates.Length} rates: give one rate more than boundaries")
        | Require(Boundaries.Skip(1).Select((boundary, i) => boundary > Boundaries[i]).All(rises => rises),
            $"PiecewiseConstant has the boundaries {string.Join(", ", Boundaries)}: let them rise");

    /// <inheritdoc/>
    public bool Equals(PiecewiseConstant? other) =>
        other is not null && Boundaries.SequenceEqual(other.Boundaries) && Rates.SequenceEqual(other.Rates);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Boundaries.Length, Rates.Length, Rates.FirstOrDefault());

    /// <inheritdoc/>
    public override string ToString() =>
        string.Concat(Rates.Select((rate, i) => i == 0 ? Text($"{rate}") : Text($", {rate} from {Boundaries.ElementAtOrDefault(i - 1)}")));
}
