using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using LanguageExt;

namespace FunctionalNN;

/// <summary>One epoch of a trial.</summary>
/// <param name="Epoch">The state's number of epochs.</param>
/// <param name="Training">Loss and accuracy in training.</param>
/// <param name="Validation">Loss and accuracy on held-out data, where they were measured.</param>
public readonly record struct TrialPoint(int Epoch, Metrics Training, Option<Metrics> Validation)
{
    /// <summary>All of it in one line.</summary>
    public override string ToString() => RecordText.Of(nameof(TrialPoint), PrintMembers);
}

/// <summary>What came of one run of a search or a comparison.</summary>
/// <typeparam name="TSettings">What the run was made from.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
public sealed record Trial<TSettings, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    internal Trial(TSettings settings, ImmutableArray<TrialPoint> curve, Option<TrainingState<T>> best, double score, string end) =>
        (Settings, Curve, Best, Score, End) = (settings, curve, best, score, end);

    /// <summary>What the run was made from.</summary>
    public TSettings Settings { get; }

    /// <summary>The settings as text.</summary>
    public string Name => Convert.ToString(Settings, CultureInfo.InvariantCulture) ?? "";

    /// <summary>The epochs, as far as the run was taken.</summary>
    public ImmutableArray<TrialPoint> Curve { get; }

    /// <summary>The state of the least score, whole: its model predicts, and training goes on from it. None where no epoch was finished or
    /// none had a score.</summary>
    public Option<TrainingState<T>> Best { get; }

    /// <summary>The metric of <see cref="Best"/>, the smaller the better; NaN where there is none.</summary>
    public double Score { get; }

    /// <summary>Why the run was taken no further: all its epochs were done, it diverged, it threw, a verb ended it, or others were
    /// better.</summary>
    public string End { get; }

    /// <inheritdoc/>
    public bool Equals(Trial<TSettings, T>? other) =>
        other is not null
        && EqualityComparer<TSettings>.Default.Equals(Settings, other.Settings)
        && Score.Equals(other.Score) && End == other.End && Best == other.Best && Curve.SequenceEqual(other.Curve);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Settings, Score, End, Curve.Length);

    /// <summary>Name, score and end in one line.</summary>
    public override string ToString() =>
        $"{Name}: {Score:G4} after {Curve.Length} epochs, {End}";
}
