using System.Globalization;

namespace FunctionalNN;

/// <summary>
/// What is added to the loss to keep numbers small: λ₁·Σ|w| + λ₂·Σw², with the gradient λ₁·sign(w) + 2·λ₂·w, where sign(0) = 0.
/// The factor 2 is Keras' and "Neural Networks from Scratch"'s convention; PyTorch's weight_decay = λ equals L2(λ/2).
/// </summary>
/// <param name="Absolute">λ₁ ≥ 0.</param>
/// <param name="Squared">λ₂ ≥ 0.</param>
public sealed record Penalty(double Absolute, double Squared)
{
    /// <summary>No penalty.</summary>
    public static Penalty None { get; } = new(0, 0);

    /// <summary>λ·Σ|w|: drives numbers to exactly 0.</summary>
    public static Penalty L1(double strength) => new(strength, 0);

    /// <summary>λ·Σw²: keeps numbers small.</summary>
    public static Penalty L2(double strength) => new(0, strength);

    /// <summary>λ₁·Σ|w| + λ₂·Σw².</summary>
    public static Penalty ElasticNet(double absolute, double squared) => new(absolute, squared);

    internal bool IsNone => Absolute == 0 && Squared == 0;

    internal bool IsValid => double.IsFinite(Absolute) && double.IsFinite(Squared) && Absolute >= 0 && Squared >= 0;

    /// <inheritdoc/>
    public override string ToString() => this switch
    {
        { Absolute: 0, Squared: 0 } => "none",
        { Absolute: 0 } => string.Create(CultureInfo.InvariantCulture, $"L2({Squared})"),
        { Squared: 0 } => string.Create(CultureInfo.InvariantCulture, $"L1({Absolute})"),
        _ => string.Create(CultureInfo.InvariantCulture, $"L1({Absolute}) + L2({Squared})"),
    };
}
