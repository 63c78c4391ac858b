using System.Numerics;
using LanguageExt;

namespace FunctionalNN;

/// <summary>
/// Training is a fold: <see cref="Step{T}(TrainingState{T}, Batch{T}, Loss)"/> takes a state and a batch to the next state;
/// <see cref="Run{T}(TrainingState{T}, IEnumerable{Batch{T}}, Loss, Parallelism)"/> gives what folding the batches with it gives, to the
/// last bit, and is fast; <see cref="Epochs"/> is the lazy sequence of the states after each epoch.
/// </summary>
public static class Train
{
    /// <summary>One step: loss, gradient and update on one batch. The state stays as it was.</summary>
    /// <returns>
    /// The next state. When a number is NaN or infinite: the given state with <see cref="TrainingState{T}.Divergence"/> set; a state
    /// that has it set is given back as it is.
    /// </returns>
    /// <exception cref="ArgumentException">The batch does not fit the network or the loss, or it comes from a validation or test
    /// part.</exception>
    public static TrainingState<T> Step<T>(this TrainingState<T> state, Batch<T> batch, Loss loss)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (state.Divergence.IsSome)
        {
            return state;
        }

        var model = state.Model.Named(batch.InputNames, batch.Targets);
        state = state.BeforeStep with { Model = model };
        batch = model.Arrange(batch);
        Compatibility.Require(model.Network, batch, loss);
        var steps = new TrainingSteps<T>(state with { Learned = LearnedRows<T>.Unknown }, loss, new Heap<T>());
        if (!steps.Advance(batch, Team.Single))
        {
            return Diverged(state, batch, loss);
        }

        steps.Record(batch);
        return steps.Snapshot();
    }

    /// <summary>The step as a function, for a fold: <c>batches.Aggregate(state, Train.Step(loss))</c>.</summary>
    public static Func<TrainingState<T>, Batch<T>, TrainingState<T>> Step<T>(Loss loss)
        where T : unmanaged, IFloatingPointIeee754<T> => (state, batch) => state.Step(batch, loss);

    /// <summary>The fold of the batches with <see cref="Step{T}(TrainingState{T}, Batch{T}, Loss)"/>, to the last bit, in memory that is
    /// used again for every step.</summary>
    /// <param name="state">Where to start; it stays as it was.</param>
    /// <param name="batches">The batches, in order. Those of <see cref="Batches{T}.Epoch"/> and <see cref="StreamBatches{T}.Epoch"/> are
    /// read without making each anew.</param>
    /// <param name="loss">The loss to minimise.</param>
    /// <param name="parallelism">All cores by default; the result is the same.</param>
    /// <exception cref="ArgumentException">A batch does not fit the network or the loss, or it comes from a validation or test
    /// part.</exception>
    public static TrainingState<T> Run<T>(this TrainingState<T> state, IEnumerable<Batch<T>> batches, Loss loss,
        Parallelism? parallelism = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (state.Divergence.IsSome)
        {
            return state;
        }

        return EpochSequence.Run(state, BatchPasses.Of(batches), loss, parallelism);
    }

    /// <summary>
    /// The states after the first epoch, the second, and so on without end: cut it with <c>Take</c>, <c>TakeWhile</c> or
    /// <see cref="TrainingVerbs.StopEarly"/>. It ends by itself at a state that has diverged. Each pass over the sequence trains anew from
    /// the start. After a run that was interrupted or stopped, the epochs of any of its states go on as if nothing had happened, to the
    /// last bit.
    /// </summary>
    /// <param name="state">Where to start; it stays as it was.</param>
    /// <param name="batches">The batches of each epoch.</param>
    /// <param name="loss">The loss to minimise.</param>
    /// <param name="parallelism">All cores by default; the result is the same.</param>
    /// <param name="heldOut">Data that each state is measured on before the next epoch, for an optimizer that learns from it, such as
    /// <see cref="ReduceOnPlateau"/>.</param>
    /// <exception cref="ArgumentException">Network, data, loss and optimizer do not go together, or names of inputs or classes are others
    /// than the model's; the message names everything that is wrong. Thrown at once.</exception>
    public static IEnumerable<TrainingState<T>> Epochs<T>(this TrainingState<T> state, Batches<T> batches, Loss loss,
        Parallelism? parallelism = null, DataSet<T>? heldOut = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
            EpochSequence.Begin(state, new MemoryBatches<T>(batches), loss, parallelism, heldOut);

    /// <summary>
    /// What follows an epoch's batches: the state measured on held-out data, one epoch further, with the optimizer of the next.
    /// <see cref="Epochs"/> does this; it is for loops of your own around
    /// <see cref="Run{T}(TrainingState{T}, IEnumerable{Batch{T}}, Loss, Parallelism)"/>.
    /// </summary>
    public static TrainingState<T> EndEpoch<T>(this TrainingState<T> state, DataSet<T>? heldOut = null, Parallelism? parallelism = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var validation = heldOut is not null && state.Objective.Case is Loss loss
            ? state.Model.Evaluate(heldOut, loss, parallelism)
            : state.Validation;
        return state with
        {
            Epoch = state.Epoch + 1,
            IsEpochEnd = true,
            Validation = validation,
            Optimizer = state.Optimizer.AfterEpoch(state.Training, validation)
        };
    }

    internal static TrainingState<T> Diverged<T>(TrainingState<T> state, Batch<T> batch, Loss loss)
        where T : unmanaged, IFloatingPointIeee754<T> => state with { Divergence = Autopsy.Of(state, batch, loss) };
}
