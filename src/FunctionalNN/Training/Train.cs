using System.Numerics;
using LanguageExt;

namespace FunctionalNN;

/// <summary>
/// Training is a fold: <see cref="Step{T}(TrainingState{T}, Batch{T}, Loss)"/> takes a state and a batch to the next state; <see cref="Run{T}(TrainingState{T}, IEnumerable{Batch{T}}, Loss, Parallelism)"/>
/// gives what folding the batches with it gives, to the last bit, and is fast; <see cref="Epochs"/> is the lazy sequence of the
/// states after each epoch.
/// </summary>
public static class Train
{
    /// <summary>One step: loss, gradient and update on one batch. The state stays as it was.</summary>
    /// <returns>
    /// The next state. When a number is NaN or infinite: the given state with <see cref="TrainingState{T}.Divergence"/> set; a state
    /// that has it set is given back as it is.
    /// </returns>
    /// <exception cref="ArgumentException">The batch does not fit the network or the loss.</exception>
    public static TrainingState<T> Step<T>(this TrainingState<T> state, Batch<T> batch, Loss loss)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (state.Divergence.IsSome)
        {
            return state;
        }

        state = state with { Model = state.Model.Named(batch.InputNames, batch.Targets) };
        batch = state.Model.Arrange(batch);
        Fit.Require(state.Model.Network, new DataSet<T>(batch.Inputs, batch.Targets), loss);
        var descent = new Descent<T>(state with { Learned = LearnedRows<T>.Unknown }, loss, new Heap<T>());
        return descent.Advance(batch, Team.Single) ? descent.Snapshot() : Diverged(state, batch, loss);
    }

    /// <summary>The step as a function, for a fold: <c>batches.Aggregate(state, Train.Step(loss))</c>.</summary>
    public static Func<TrainingState<T>, Batch<T>, TrainingState<T>> Step<T>(Loss loss)
        where T : unmanaged, IFloatingPointIeee754<T> => (state, batch) => state.Step(batch, loss);

    /// <summary>The fold of the batches with <see cref="Step{T}(TrainingState{T}, Batch{T}, Loss)"/>, to the last bit, in memory that is used again for every step.</summary>
    /// <param name="state">Where to start; it stays as it was.</param>
    /// <param name="batches">The batches, in order. Those of <see cref="Batches{T}.Epoch"/> are read without making each anew.</param>
    /// <param name="loss">What to make small.</param>
    /// <param name="parallelism">All cores unless said otherwise; the result is the same.</param>
    /// <exception cref="ArgumentException">A batch does not fit the network or the loss.</exception>
    public static TrainingState<T> Run<T>(this TrainingState<T> state, IEnumerable<Batch<T>> batches, Loss loss, Parallelism? parallelism = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (state.Divergence.IsSome)
        {
            return state;
        }

        if (batches is Epoch<T> epoch)
        {
            return Run(state, epoch, loss, parallelism);
        }

        using var team = Team.Lease(parallelism ?? Parallelism.AllCores);
        return Run(state, batches, loss, team);
    }

    /// <summary>
    /// The states after the first epoch, the second, and so on without end: cut it with <c>Take</c>, <c>TakeWhile</c> or
    /// <see cref="TrainingVerbs.StopEarly"/>. It ends by itself at a state that has diverged. Each pass over the sequence trains anew from the start.
    /// After a run that was interrupted or stopped, the epochs of any of its states go on as if nothing had happened, to the last bit.
    /// </summary>
    /// <param name="state">Where to start; it stays as it was.</param>
    /// <param name="batches">The batches of each epoch.</param>
    /// <param name="loss">What to make small.</param>
    /// <param name="parallelism">All cores unless said otherwise; the result is the same.</param>
    /// <param name="heldOut">Data that each state is measured on before the next epoch, for an optimizer that learns from it, such as <see cref="ReduceOnPlateau"/>.</param>
    /// <exception cref="ArgumentException">Network, data, loss and optimizer do not go together, or names of inputs or classes are others than the model's; the message names everything that is wrong. Thrown at once.</exception>
    public static IEnumerable<TrainingState<T>> Epochs<T>(this TrainingState<T> state, Batches<T> batches, Loss loss, Parallelism? parallelism = null, DataSet<T>? heldOut = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var model = state.Model.Named(batches.Data.InputNames, batches.Data.Targets);
        batches = batches.Over(model.Arrange(batches.Data));
        heldOut = heldOut is null ? null : model.Arrange(heldOut);
        Require(state, batches, loss, heldOut);
        var start = state with { Model = model.Having(batches.Data), Learned = new LearnedRows<T>(batches.Data) };
        return new StateSequence<T>(interruption => EpochSequence.Of(RecipeOrigin.Describe(start, batches, loss, heldOut), 0, batches, loss, parallelism, heldOut, interruption));
    }

    /// <summary>
    /// What follows an epoch's batches: the state measured on held-out data, one epoch further, with the optimizer of the next. <see cref="Epochs"/>
    /// does this; it is for loops of your own around <see cref="Run{T}(TrainingState{T}, IEnumerable{Batch{T}}, Loss, Parallelism)"/>.
    /// </summary>
    public static TrainingState<T> EndEpoch<T>(this TrainingState<T> state, DataSet<T>? heldOut = null, Parallelism? parallelism = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var validation = heldOut is not null && state.Objective is { } loss ? state.Model.Evaluate(heldOut, loss, parallelism) : state.Validation;
        return state with { Epoch = state.Epoch + 1, Validation = validation, Optimizer = state.Optimizer.AfterEpoch(state.Training, validation) };
    }

    private static TrainingState<T> Run<T>(TrainingState<T> state, Epoch<T> epoch, Loss loss, Parallelism? parallelism)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (epoch.Count == 0)
        {
            return state;
        }

        var model = state.Model.Named(epoch.Data.InputNames, epoch.Data.Targets);
        epoch = epoch.Over(model.Arrange(epoch.Data));
        Fit.Require(state.Model.Network, epoch.Data, loss);
        epoch.Data.Lineage.RequireTraining("a network");
        state = state with { Model = model.Having(epoch.Data), Learned = new LearnedRows<T>(epoch.Data) };
        var descent = new Descent<T>(state, loss, new Arena<T>());
        return EpochSequence.Advance(descent, new BatchReader<T>(), epoch, 0, parallelism, Interruption.None) is { IsFinite: false, Batches: var done }
            ? Diverged(state.Run(Enumerable.Take(epoch, done), loss, parallelism), epoch[done], loss)
            : descent.Snapshot();
    }

    private static TrainingState<T> Run<T>(TrainingState<T> state, IEnumerable<Batch<T>> batches, Loss loss, Team team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Descent<T>? descent = null;
        var done = 0;
        foreach (var given in batches is StreamEpoch<T> stream ? stream.Reused() : batches)
        {
            state = descent is null ? state with { Model = state.Model.Named(given.InputNames, given.Targets) } : state;
            var batch = state.Model.Arrange(given);
            Fit.Require(state.Model.Network, new DataSet<T>(batch.Inputs, batch.Targets), loss);
            descent ??= new Descent<T>(state with { Learned = LearnedRows<T>.Unknown }, loss, new Arena<T>());
            if (!descent.Advance(batch, team))
            {
                // The last good state: the run wrote over its own vectors, but where it started is untouched and leads there again.
                return Diverged(Run(state, batches.Take(done), loss, team), batch, loss);
            }

            done++;
        }

        return descent?.Snapshot() ?? state;
    }

    internal static void Require<T>(TrainingState<T> state, Batches<T> batches, Loss loss, DataSet<T>? heldOut)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Fit.Throw(Fit.Check(state.Model.Network, batches, loss) | state.Optimizer.Fits(state.Model.Network.ParameterLayout));
        if (heldOut is null && state.Optimizer.MissesHeldOut is { } missing)
        {
            throw new ArgumentException(missing);
        }

        if (heldOut is not null)
        {
            Fit.RequireRows(heldOut);
            Fit.Require(state.Model.Network, heldOut, loss);
        }
    }

    internal static TrainingState<T> Diverged<T>(TrainingState<T> state, Batch<T> batch, Loss loss)
        where T : unmanaged, IFloatingPointIeee754<T> => state with { Divergence = Autopsy.Of(state, batch, loss) };
}
