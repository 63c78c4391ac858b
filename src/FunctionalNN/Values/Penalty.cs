
namespace FunctionalNN;

/// <summary>
/// What is added to the loss to keep numbers small: λ₁·Σ|w| + λ₂·Σw², with the gradient λ₁·sign(w) + 2·λ₂·w.
/// The factor 2 is Keras' and "Neural Networks from Scratch"'s convention; <see cref="L2(double, Dialect, int)"/> translates others.
/// </summary>
/// <remarks>For decay that is not part of the loss see <see cref="GradientDecay"/> and <see cref="WeightDecay"/>.</remarks>
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

    /// <summary>
    /// The penalty that another system's strength stands for. Keras, Book: λ·Σw². PyTorch, whose weight_decay is not part of the loss:
    /// ½λ·Σw², which has the same gradient λ·w. scikit-learn: α/(2n)·Σw² with n the rows of a batch.
    /// </summary>
    /// <param name="strength">λ or α.</param>
    /// <param name="dialect">The system.</param>
    /// <param name="batchSize">n, which only scikit-learn's depends on.</param>
    public static Penalty L2(double strength, Dialect dialect, int batchSize = 1) => dialect switch
    {
        Dialect.PyTorch => L2(strength / 2),
        Dialect.ScikitLearn => L2(strength / (2.0 * batchSize)),
        _ => L2(strength),
    };

    /// <summary>
    /// What sign(0) is taken for in the gradient of |w|: any number from −1 to 1 is a subgradient there. 0, as in Keras and PyTorch, by
    /// default; 1 in "Neural Networks from Scratch", where it moves weights away from exactly 0.
    /// </summary>
    public double SlopeAtZero { get; init; }

    internal bool IsNone => Absolute == 0 && Squared == 0;

    internal bool IsValid =>
        double.IsFinite(Absolute) && double.IsFinite(Squared) && Absolute >= 0 && Squared >= 0 && SlopeAtZero is >= -1 and <= 1;

    /// <inheritdoc/>
    public override string ToString() => this switch
    {
        { Absolute: 0, Squared: 0 } => "none",
        { Absolute: 0 } => $"L2({Squared})",
        { Squared: 0 } => $"L1({Absolute})",
        _ => $"L1({Absolute}) + L2({Squared})",
    };
}
