namespace FunctionalNN;

/// <summary>
/// Words that wrap an optimizer: <c>new Adam(1e-3).DecayWeights(0.01).ClipByGlobalNorm(1)</c>. The last word is the outermost and acts
/// first.
/// </summary>
public static class OptimizerVerbs
{
    /// <inheritdoc cref="FunctionalNN.ClipByValue"/>
    public static ClipByValue ClipByValue(this Optimizer optimizer, double limit) => new(optimizer, limit);

    /// <inheritdoc cref="FunctionalNN.ClipByNorm"/>
    public static ClipByNorm ClipByNorm(this Optimizer optimizer, double limit) => new(optimizer, limit);

    /// <inheritdoc cref="FunctionalNN.ClipByGlobalNorm"/>
    public static ClipByGlobalNorm ClipByGlobalNorm(this Optimizer optimizer, double limit) => new(optimizer, limit);

    /// <inheritdoc cref="GradientDecay"/>
    public static GradientDecay DecayGradient(this Optimizer optimizer, double strength, Slots? exempt = null) =>
        new(optimizer, strength) { Exempt = exempt };

    /// <inheritdoc cref="WeightDecay"/>
    public static WeightDecay DecayWeights(this Optimizer optimizer, double strength, Slots? exempt = null) =>
        new(optimizer, strength) { Exempt = exempt };

    /// <inheritdoc cref="FunctionalNN.Accumulate"/>
    public static Accumulate Accumulate(this Optimizer optimizer, int batches) => new(optimizer, batches);

    /// <inheritdoc cref="MovingAverage"/>
    public static MovingAverage AverageWeights(this Optimizer optimizer, double keep = 0.999) => new(optimizer, keep);

    /// <inheritdoc cref="FunctionalNN.Freeze"/>
    public static Freeze Freeze(this Optimizer optimizer, params ReadOnlySpan<string> slots) => new(optimizer, Slots.Of([.. slots]));

    /// <inheritdoc cref="PerSlot"/>
    public static PerSlot For(this Optimizer optimizer, Slots slots, Optimizer other) => new(optimizer, slots, other);

    /// <inheritdoc cref="FunctionalNN.ScaleRate"/>
    public static ScaleRate ScaleRate(this Optimizer optimizer, double factor) => new(optimizer, factor);

    /// <inheritdoc cref="FunctionalNN.ReduceOnPlateau"/>
    public static ReduceOnPlateau ReduceOnPlateau(this Optimizer optimizer, double factor = 0.1, int patience = 10) =>
        new(optimizer) { Factor = factor, Patience = patience };
}
