using System.Collections.Immutable;
using System.Numerics;
using LanguageExt;

namespace FunctionalNN;

/// <summary>What fitting an <see cref="Mlp"/> gives: a model and the story of its training. It never changes.</summary>
/// <typeparam name="T">float or double.</typeparam>
public abstract class FittedMlp<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly MlpRun<T> run;

    private protected FittedMlp(Mlp settings, MlpRun<T> run)
    {
        Settings = settings;
        this.run = run;
    }

    /// <summary>What was fitted.</summary>
    public Mlp Settings { get; }

    /// <summary>The state that is kept: the last, or with <see cref="Mlp.EarlyStopping"/> the best. <see cref="Train.Epochs"/> goes on from
    /// it.</summary>
    public TrainingState<T> State => run.Kept;

    /// <summary>The network with its numbers: the whole library works with it.</summary>
    public Model<T> Model => State.Model;

    /// <summary>The number of epochs done (n_iter_).</summary>
    public int NIter => run.Last.Epoch;

    /// <summary>The mean training loss of each epoch, penalty included (loss_curve_).</summary>
    public ImmutableArray<double> LossCurve => run.Losses;

    /// <summary>The training loss of the last epoch (loss_); NaN when the first one diverged.</summary>
    public double Loss => LossCurve.IsEmpty ? double.NaN : LossCurve[^1];

    /// <summary>The least training loss of an epoch (best_loss_); NaN when the first one diverged.</summary>
    public double BestLoss => LossCurve.IsEmpty ? double.NaN : LossCurve.Min();

    /// <summary>The score on the rows held out, after each epoch (validation_scores_); empty without
    /// <see cref="Mlp.EarlyStopping"/>.</summary>
    public ImmutableArray<double> ValidationScores => run.Scores;

    /// <summary>The best of them (best_validation_score_).</summary>
    public Option<double> BestValidationScore => ValidationScores.IsEmpty ? Option<double>.None : ValidationScores.Max();

    /// <summary>Why training stopped.</summary>
    public string Stopped => State.Stopped.IfNone("");

    /// <summary>Where the run stopped because a number was NaN or infinite, if it did; <see cref="Model"/> is then the last good
    /// one.</summary>
    public Option<Divergence> Divergence => run.Last.Divergence;

    /// <summary>A word on inputs that are not scaled, where they are not.</summary>
    public Option<string> ScaleRemark => run.ScaleRemark is { } remark ? Option<string>.Some(remark) : Option<string>.None;

    /// <summary>The settings that are no default, epochs, loss, why it stopped, and what is to be said of the inputs.</summary>
    public override string ToString()
    {
        var lines = new[]
        {
            $"{Settings.GetType().Name}, {Model.Network.Inputs} inputs, hidden {Settings.HiddenLayerSizes}, {Model.Network.Outputs} "
                + $"outputs, {Model.Parameters.Count} parameters",
            $"{NIter} epochs, loss {Loss:F4}"
                    + $"{BestValidationScore.Match(best => $", best validation score {best:F4} at epoch {State.Epoch}", () => "")}: "
                    + $"{Stopped}",
        };
        return string.Join(Environment.NewLine, [.. lines, .. ScaleRemark.ToSeq()]);
    }

    /// <summary>The network's output for each row of a data set, block by block.</summary>
    private protected Matrix<T> Outputs(DataSet<T> data, Parallelism? parallelism) =>
        ModelOutputs.RequireFinite(Model.Predict(data, parallelism));

    /// <summary>The network's output for each row.</summary>
    private protected Matrix<T> Outputs(Matrix<T> rows, Parallelism? parallelism) =>
        ModelOutputs.RequireFinite(Model.Predict(rows, parallelism));
}
