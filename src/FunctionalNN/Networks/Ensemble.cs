using System.Collections.Immutable;
using System.Numerics;
using System.Numerics.Tensors;

namespace FunctionalNN;

/// <summary>How the models of an ensemble agree.</summary>
public enum Vote
{
    /// <summary>The mean of their outputs: probabilities where they end in softmax or sigmoid (soft voting), numbers in
    /// regression.</summary>
    Average,

    /// <summary>Each names a class, and outputs are the shares of the votes (hard voting). Of classes with as many votes the one of the
    /// least number wins, as in scikit-learn.</summary>
    Majority,
}

/// <summary>Several models that predict as one.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed record Ensemble<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int BlockRows = 1024;

    /// <summary>An ensemble of one model or more.</summary>
    /// <exception cref="ArgumentException">There is no model, or their inputs or outputs differ in width; the message names the first that
    /// does.</exception>
    public Ensemble(ImmutableArray<Model<T>> models, Vote vote = Vote.Average)
    {
        if (models.IsDefaultOrEmpty)
        {
            throw new ArgumentException("an ensemble takes one model or more, none was given");
        }

        var (first, odd) =
            (models[0].Network,
                models.ToList()
                    .FindIndex(model => (model.Network.Inputs, model.Network.Outputs)
                        != (models[0].Network.Inputs, models[0].Network.Outputs)));
        if (odd > 0)
        {
            var other = models[odd].Network;
            throw new ArgumentException(
                $"model {odd} of the ensemble takes {other.Inputs} inputs to {other.Outputs} outputs, model 0 takes {first.Inputs} to "
                    + $"{first.Outputs}: all must be the same");
        }

        foreach (var (i, model) in models.Index().Skip(1))
        {
            if (!AreAlike(model.InputNames, models[0].InputNames) || !AreAlike(model.LabelNames, models[0].LabelNames))
            {
                throw new ArgumentException(
                    $"model {i} of the ensemble has the inputs {CsvText.Listed(model.InputNames)} and the classes "
                        + $"{CsvText.Listed(model.LabelNames)}, model 0 has {CsvText.Listed(models[0].InputNames)} and "
                        + $"{CsvText.Listed(models[0].LabelNames)}: all must be trained on the same names in the same order");
            }
        }

        (Models, Vote) = (models, vote);
    }

    /// <summary>The models.</summary>
    public ImmutableArray<Model<T>> Models { get; }

    /// <summary>How they agree.</summary>
    public Vote Vote { get; init; }

    /// <summary>The mean output, or the shares of the votes, for each row: [n × inputs] → [n × outputs]. Models are added up in their
    /// order.</summary>
    /// <exception cref="ArgumentException">The rows have another width than the input, or a vote is to be counted of outputs that are not
    /// finite.</exception>
    public Matrix<T> Predict(Matrix<T> inputs, Parallelism? parallelism = null)
    {
        var sum =
            new Matrix<T>(Block<T>.Allocate(MatrixSize.Of<T>(inputs.Rows, Models[0].Network.Outputs)), inputs.Rows,
                Models[0].Network.Outputs);
        foreach (var model in Models)
        {
            var outputs = model.Predict(inputs, parallelism);
            if (Vote == Vote.Average)
            {
                TensorPrimitives.Add(sum.Values, outputs.Values, sum.Block.Span);
            }
            else
            {
                AddVotes(ModelOutputs.RequireFinite(outputs), sum);
            }
        }

        TensorPrimitives.Divide(sum.Values, T.CreateChecked(Models.Length), sum.Block.Span);
        return sum;
    }

    /// <summary>
    /// The class with the greatest mean output or the most votes for each row; of one output, class 1 where it is above ½ and else 0. The
    /// classes have the names that the first model knows.
    /// </summary>
    /// <exception cref="ArgumentException">The rows have another width than the input, or a vote is to be counted of outputs that are not
    /// finite.</exception>
    public ClassLabels PredictClasses(Matrix<T> inputs, Parallelism? parallelism = null) =>
        Model<T>.ClassesOf(ModelOutputs.RequireFinite(Predict(inputs, parallelism)), Models[0].LabelNames);

    /// <summary>Loss and accuracy of what <see cref="Predict"/> gives, without penalties. With <see cref="Vote.Majority"/> the accuracy is
    /// what counts: a share of 0 makes a logarithmic loss large.</summary>
    /// <exception cref="ArgumentException">
    /// The data or the loss does not fit a network; the message names everything that is wrong. Or the data is a held-out part of what a
    /// model was fitted on.
    /// </exception>
    public Metrics Evaluate(DataSet<T> data, Loss loss, Parallelism? parallelism = null)
    {
        data = Models[0].Arrange(data);
        foreach (var model in Models)
        {
            Compatibility.Require(model.Network, data, loss);
            data.Lineage.RequireUnseen(model.Seen);
        }

        var none = ParameterVector<T>.Zeros(new Layout([]));
        var metrics = default(Metrics);
        foreach (var batch in data.InOrder(BlockRows).Epoch(default, 0))
        {
            var prediction = Predict(batch.Inputs, parallelism);
            var rowLosses = new T[prediction.Rows];
            var pass = new Pass<T>(new Heap<T>(), Team.Single, none, 0, none, 0, default, false);
            var correct = loss.Evaluate(pass, prediction, batch.Targets, rowLosses, []);
            if (batch.Weights is { } weights)
            {
                TensorPrimitives.Multiply(rowLosses, weights.Values, rowLosses);
            }

            metrics += new Metrics(prediction.Rows, Sums.Of<T>(rowLosses), 0, correct,
                loss.Predictions(prediction.Rows, prediction.Columns));
        }

        return metrics;
    }

    /// <inheritdoc/>
    public bool Equals(Ensemble<T>? other) => other is not null && Vote == other.Vote && Models.SequenceEqual(other.Models);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Vote, Models.Length, Models[0]);

    /// <summary>Count, vote and widths.</summary>
    public override string ToString() =>
        $"ensemble of {Models.Length} models by {(Vote == Vote.Average ? "the average of outputs" : "majority of votes")}, "
            + $"{Models[0].Network.Inputs} inputs → {Models[0].Network.Outputs} outputs";

    private static bool AreAlike(ImmutableArray<string> names, ImmutableArray<string> others) =>
        names.IsEmpty || others.IsEmpty || names.SequenceEqual(others);

    private static void AddVotes(Matrix<T> outputs, Matrix<T> votes)
    {
        for (var row = 0; row < outputs.Rows; row++)
        {
            var voted = ClassOf(outputs.Row(row));
            var shares = votes.Block.Span.Slice(row * votes.Columns, votes.Columns);
            if (shares.Length > 1)
            {
                shares[voted] += T.One;
            }
            else
            {
                shares[0] += T.CreateChecked(voted);
            }
        }
    }

    private static int ClassOf(ReadOnlySpan<T> outputs) =>
        outputs.Length > 1 ? ArgMax.Of(outputs) : outputs[0] > T.CreateTruncating(0.5) ? 1 : 0;
}
