namespace FunctionalNN;

/// <summary>How batch normalisation averages over the batches that it has seen.</summary>
public enum RunningAverage
{
    /// <summary>running ← momentum·running + (1 − momentum)·batch, from mean 0 and variance 1: Keras, PyTorch, Flux.</summary>
    Exponential,

    /// <summary>The same from nothing, divided by the sum of the weights given so far, 1 − momentumᵗ: the first batch counts in full.
    /// Equinox.</summary>
    Debiased,

    /// <summary>The mean over all batches; the momentum does not count. PyTorch with momentum=None.</summary>
    Cumulative,
}
