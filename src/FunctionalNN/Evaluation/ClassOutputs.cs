using System.Numerics;

namespace FunctionalNN;

/// <summary>How the outputs of a network are read as scores for classes: by its last layer, or by what a loss says of logits and
/// margins.</summary>
public sealed class ClassOutputs
{
    private enum Form
    {
        Scores,
        Probabilities,
        Logarithms,
        SoftmaxLogits,
        SigmoidLogits,
    }

    private readonly Form form;
    private readonly int width;

    private ClassOutputs(Form form, int width)
    {
        this.form = form;
        this.width = width;
    }

    /// <summary>Whether the scores are probabilities.</summary>
    public bool AreProbabilities => form != Form.Scores;

    /// <summary>The distance from 1 to the next number.</summary>
    internal static double Epsilon<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => double.CreateTruncating(T.BitIncrement(T.One) - T.One);

    /// <summary>The way to read a network's outputs.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">Rows with class labels, or with one-hot targets.</param>
    /// <param name="loss">Says how outputs are to be read that are no probabilities, such as <c>new BinaryCrossEntropy { FromLogits = true
    /// }</c>.</param>
    /// <exception cref="ArgumentException">The network has another width than the data has classes, or one output of which nothing is
    /// known.</exception>
    public static ClassOutputs Of<T>(Network network, DataSet<T> data, Loss? loss)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (data.Targets is ClassLabels labels && labels.Classes != network.Outputs && !(network.Outputs == 1 && labels.Classes == 2))
        {
            throw new ArgumentException(
                $"labels have {labels.Classes} classes, the network ends in {network.Outputs}: end it in Dense({labels.Classes}) "
                    + $"and Softmax");
        }

        if (data.Targets is RealTargets<T> real && real.Values.Columns != network.Outputs)
        {
            throw new ArgumentException(
                $"the targets are {real.Values.Columns} wide, the network ends in {network.Outputs}: end it in Dense("
                    + $"{real.Values.Columns})");
        }

        var read = FormOf(network.OutputRange, loss);
        return read is { } form ? new ClassOutputs(form, network.Outputs)
            : network.Outputs > 1 ? new ClassOutputs(Form.Scores, network.Outputs)
            : throw new ArgumentException(
                $"the network ends in one output of {network.OutputRange.InWords}, which is no probability: say how it is to be read with "
                    + $"the loss, such as new BinaryCrossEntropy {{ FromLogits = true }}");
    }

    /// <summary>Two columns from one: 1 − p and p.</summary>
    internal static Matrix<T> BothColumns<T>(Matrix<T> probabilities)
        where T : unmanaged, IFloatingPointIeee754<T> => probabilities.Columns != 1
        ? probabilities
        : Matrix.Create<T>(probabilities.Rows, 2, (row, label) => label == 1 ? probabilities[row, 0] : T.One - probabilities[row, 0]);

    internal static void RequireProbabilities<T>(Matrix<T> probabilities, ClassLabels labels, ReadOnlySpan<double> weights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (probabilities.Rows != labels.Count || (!weights.IsEmpty && weights.Length != labels.Count))
        {
            throw new ArgumentException(
                $"{probabilities.Rows} predictions, {labels.Count} labels{(weights.IsEmpty ? "" : $" and {weights.Length} weights")} were "
                    + $"given: every row needs one of each");
        }

        if (probabilities.Columns != labels.Classes && !(probabilities.Columns == 1 && labels.Classes == 2))
        {
            throw new ArgumentException(
                $"the predictions are {probabilities.Columns} wide, the labels have {labels.Classes} classes: give one probability a class"
                    + $"{(labels.Classes == 2 ? ", or that of the second" : "")}");
        }

        for (var i = 0; i < probabilities.Values.Length; i++)
        {
            if (!(probabilities.Values[i] >= T.Zero && double.CreateTruncating(probabilities.Values[i]) <= 1.001))
            {
                throw new ArgumentException($"the prediction of row {i / probabilities.Columns} for class {i % probabilities.Columns} is "
                        + $"{probabilities.Values[i]}, expected a probability from 0 to 1");
            }
        }
    }

    /// <summary>A score, or where it is known a probability, for each class: [n × classes].</summary>
    /// <param name="outputs">The network's outputs: [n × k].</param>
    public Matrix<double> Read<T>(Matrix<T> outputs)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var values = Matrix.Convert<T, double>(outputs);
        return form switch
        {
            Form.Scores when width == 1 => Matrix.Create(values.Rows, 2, (row, label) => label == 1 ? values[row, 0] : -values[row, 0]),
            Form.Scores => values,
            Form.Logarithms => values.Map(Math.Exp),
            Form.SoftmaxLogits => Softmax(values),
            Form.SigmoidLogits => BothColumns(values.Map(z => 1 / (1 + Math.Exp(-z)))),
            _ => BothColumns(values),
        };
    }

    /// <summary>The classes that targets name: labels as they are, one-hot rows by where the 1 stands.</summary>
    /// <param name="targets">Class labels, or real targets of 0 and 1.</param>
    /// <param name="firstRow">The number of the first row, for messages.</param>
    /// <exception cref="ArgumentException">A real target is neither 0 nor 1.</exception>
    public static ClassLabels Labels<T>(Targets targets, int firstRow = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (targets is ClassLabels given)
        {
            return given;
        }

        var values = ((RealTargets<T>)targets).Values;
        var labels = new int[values.Rows];
        for (var row = 0; row < labels.Length; row++)
        {
            labels[row] = ArgMax.Of(values.Row(row));
            foreach (var value in values.Row(row))
            {
                if (value != T.Zero && value != T.One)
                {
                    throw new ArgumentException(
                        $"a classification report takes class labels or one-hot targets, row {firstRow + row} has {value}: make the "
                            + $"targets ClassLabels");
                }
            }
        }

        return new ClassLabels(labels, Math.Max(2, values.Columns));
    }

    /// <summary>How outputs are read.</summary>
    public override string ToString() => $"{width} outputs read as {form}";

    private static Form? FormOf(OutputRange range, Loss? loss) => (range, loss?.Reads) switch
    {
        (OutputRange.LogDistribution, _) => Form.Logarithms,
        ({ IsProbability: true }, _) => Form.Probabilities,
        (_, OutputReading.ClassLogits) => Form.SoftmaxLogits,
        (_, OutputReading.AnswerLogits) => Form.SigmoidLogits,
        (_, OutputReading.ClassScores or OutputReading.AnswerScores) => Form.Scores,
        _ => null,
    };

    private static Matrix<double> Softmax(Matrix<double> logits)
    {
        var probabilities = Block<double>.Allocate(logits.Values.Length);
        SoftmaxRows.Forward(Team.Single, logits.Values, probabilities.Span, logits.Rows, logits.Columns);
        return new Matrix<double>(probabilities, logits.Rows, logits.Columns);
    }
}
