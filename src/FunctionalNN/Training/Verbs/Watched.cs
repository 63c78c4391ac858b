using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// What <see cref="TrainingVerbs.StopEarly"/>, <see cref="TrainingVerbs.Best"/> and a search may watch, all to be made small:
/// <c>.StopEarly(patience: 5, metric: Watched.ValidationErrorRate)</c>. NaN where nothing was measured.
/// </summary>
public static class Watched
{
    /// <summary>The loss on held-out data.</summary>
    public static double ValidationLoss<T>(TrainingState<T> state)
        where T : unmanaged, IFloatingPointIeee754<T> => state.Validation.Match(metrics => metrics.Loss, () => double.NaN);

    /// <summary>1 − accuracy on held-out data.</summary>
    public static double ValidationErrorRate<T>(TrainingState<T> state)
        where T : unmanaged, IFloatingPointIeee754<T> => state.Validation.Match(metrics => 1 - metrics.Accuracy, () => double.NaN);

    /// <summary>The loss in training, with penalties.</summary>
    public static double TrainingLoss<T>(TrainingState<T> state)
        where T : unmanaged, IFloatingPointIeee754<T> => state.Training.Loss;

    /// <summary>1 − accuracy in training.</summary>
    public static double TrainingErrorRate<T>(TrainingState<T> state)
        where T : unmanaged, IFloatingPointIeee754<T> => 1 - state.Training.Accuracy;
}
