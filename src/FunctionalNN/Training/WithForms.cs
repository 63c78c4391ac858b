using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>Changed copies by a call, for languages without <c>with</c> for records of C#, such as F#. Each does what <c>with</c>
/// does.</summary>
public static class WithForms
{
    /// <summary>The state with another optimizer: its next step follows it. <c>state with { Optimizer = optimizer }</c>.</summary>
    /// <exception cref="ArgumentException">Its hyper-parameters are wrong; the message names all of them.</exception>
    public static TrainingState<T> WithOptimizer<T>(this TrainingState<T> state, Optimizer optimizer)
        where T : unmanaged, IFloatingPointIeee754<T> => state with { Optimizer = optimizer };

    /// <summary>The state whose optimizer has another rate: a number, or a schedule.</summary>
    /// <exception cref="ArgumentException">The rate is not a finite number of 0 or more.</exception>
    public static TrainingState<T> WithLearningRate<T>(this TrainingState<T> state, LearningRateSchedule learningRate)
        where T : unmanaged, IFloatingPointIeee754<T> => state with { Optimizer = state.Optimizer.WithLearningRate(learningRate) };

    /// <summary>The state with another model of the same network.</summary>
    public static TrainingState<T> WithModel<T>(this TrainingState<T> state, Model<T> model)
        where T : unmanaged, IFloatingPointIeee754<T> => state with { Model = model };

    /// <summary>The state that draws batches and noise from another source.</summary>
    public static TrainingState<T> WithKey<T>(this TrainingState<T> state, Key key)
        where T : unmanaged, IFloatingPointIeee754<T> => state with { Key = key };

    /// <summary>The optimizer with another rate: a number, or a schedule.</summary>
    public static TOptimizer WithLearningRate<TOptimizer>(this TOptimizer optimizer, LearningRateSchedule learningRate)
        where TOptimizer : Optimizer => (TOptimizer)(optimizer with { LearningRate = learningRate });

    /// <summary>The optimizer with another decay of its rate.</summary>
    public static TOptimizer WithDecay<TOptimizer>(this TOptimizer optimizer, double decay)
        where TOptimizer : Optimizer => (TOptimizer)(optimizer with { Decay = decay });

    /// <summary>The network with other layers behind the same input.</summary>
    /// <exception cref="ArgumentException">The layers do not fit; the message names everything that is wrong.</exception>
    public static Network WithLayers(this Network network, params ImmutableArray<Layer> layers) => network with { Layers = layers };

    /// <summary>The layer under another name.</summary>
    public static TLayer WithName<TLayer>(this TLayer layer, string name)
        where TLayer : Layer => (TLayer)(layer with { Name = name });

    /// <summary>The model with other parameters of the same layout.</summary>
    public static Model<T> WithParameters<T>(this Model<T> model, ParameterVector<T> parameters)
        where T : unmanaged, IFloatingPointIeee754<T> => model with { Parameters = parameters };
}
