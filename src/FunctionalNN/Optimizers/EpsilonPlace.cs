namespace FunctionalNN;

/// <summary>Where ε stands in a division by the root of a mean square v. It matters when gradients are about as small as ε.</summary>
public enum EpsilonPlace
{
    /// <summary>√v̂ + ε, where v̂ is v after the bias correction, if there is one: the papers, PyTorch, "Neural Networks from
    /// Scratch".</summary>
    OutsideRoot,

    /// <summary>√(v̂ + ε): Keras' RMSprop and Adagrad.</summary>
    InsideRoot,

    /// <summary>√v + ε, the bias correction following as a factor: Adam in Keras and scikit-learn. Without a correction the same as
    /// <see cref="OutsideRoot"/>.</summary>
    BeforeCorrection,
}
