using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Adam (Kingma and Ba, 2014, arXiv 1412.6980). With t = 1, 2, … and m, v starting at 0:
/// m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², p ← p − η · (m/(1 − β₁ᵗ)) / (√(v/(1 − β₂ᵗ)) + ε).
/// </summary>
/// <remarks>
/// ε is added after the bias correction, as in the paper's algorithm, PyTorch and "Neural Networks from Scratch"; Keras adds it before.
/// The default ε = 1e-7 is the book's; PyTorch has 1e-8.
/// </remarks>
public sealed record Adam : Optimizer
{
    /// <summary>Adam at a rate, 0.001 unless said otherwise.</summary>
    public Adam(Schedule? learningRate = null)
        : base(learningRate ?? 1e-3)
    {
    }

    /// <summary>β₁, 0 ≤ β₁ &lt; 1: how long the mean gradient is remembered.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>β₂, 0 ≤ β₂ &lt; 1: how long the mean square is remembered.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>ε ≥ 0: keeps the division finite.</summary>
    public double Epsilon { get; init; } = 1e-7;

    /// <inheritdoc/>
    public override int MomentCount => 2;

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() =>
        base.Check()
        | Require(Beta1 is >= 0 and < 1, string.Create(CultureInfo.InvariantCulture, $"β₁ is {Beta1}, expected 0 ≤ β₁ < 1"))
        | Require(Beta2 is >= 0 and < 1, string.Create(CultureInfo.InvariantCulture, $"β₂ is {Beta2}, expected 0 ≤ β₂ < 1"))
        | Require(Epsilon >= 0 && double.IsFinite(Epsilon), string.Create(CultureInfo.InvariantCulture, $"ε is {Epsilon}, expected a finite number of 0 or more"));

    /// <inheritdoc/>
    protected override bool Update<T>(in ParameterUpdate<T> update) =>
        UpdateLoop.Run(new Rule<T>(this, update.Rate, update.Step + 1), update);

    private readonly struct Rule<T>(Adam adam, double rate, long t) : IUpdateRule<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Vector512<T> keepMean = Lanes<T>.Of(adam.Beta1);
        private readonly Vector512<T> takeMean = Lanes<T>.Of(1 - adam.Beta1);
        private readonly Vector512<T> keepSquare = Lanes<T>.Of(adam.Beta2);
        private readonly Vector512<T> takeSquare = Lanes<T>.Of(1 - adam.Beta2);
        private readonly Vector512<T> descent = Lanes<T>.Of(-rate / (1 - Math.Pow(adam.Beta1, t)));
        private readonly Vector512<T> correction = Lanes<T>.Of(1 / (1 - Math.Pow(adam.Beta2, t)));
        private readonly Vector512<T> epsilon = Lanes<T>.Of(adam.Epsilon);

        public static int Moments => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(Vector512<T> g, ref Vector512<T> p, ref Vector512<T> m, ref Vector512<T> v)
        {
            m = Lanes<T>.MultiplyAdd(takeMean, g, keepMean * m);
            v = Lanes<T>.MultiplyAdd(takeSquare * g, g, keepSquare * v);
            p += (descent * m) / (Vector512.Sqrt(v * correction) + epsilon);
        }
    }
}
