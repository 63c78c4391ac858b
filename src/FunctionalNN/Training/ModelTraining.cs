using System.Numerics;

namespace FunctionalNN;

/// <summary>Where training starts.</summary>
public static class ModelTraining
{
    /// <summary>A state at step 0, from which training starts.</summary>
    /// <param name="model">The network and its numbers.</param>
    /// <param name="optimizer">How gradients become new parameters.</param>
    /// <param name="seed">Decides the order of the batches and what dropout drops.</param>
    /// <exception cref="ArgumentException">The optimizer's hyper-parameters are wrong; the message names all of them.</exception>
    public static TrainingState<T> Train<T>(this Model<T> model, Optimizer optimizer, int seed = 0)
        where T : unmanaged, IFloatingPointIeee754<T> => TrainingState<T>.Start(model, optimizer, new Key((ulong)seed));
}
