using System.Buffers;
using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <content>From cells to a prediction.</content>
public sealed partial record Pipeline<T>
{
    private const int SmallRow = 256;

    /// <summary>How many numbers a prediction has: one a class, or one for a quantity.</summary>
    internal int OutputCount => Math.Max(1, Target.Classes.Length);

    /// <summary>Encodes a row and writes probabilities, or the quantity in its own unit. Allocates nothing where all is well.</summary>
    /// <param name="cells">One a column of the encoding.</param>
    /// <param name="outputs">Takes <see cref="OutputCount"/> numbers.</param>
    /// <param name="faults">Takes what is wrong with the row; the outputs then mean nothing.</param>
    internal void Compute(ReadOnlySpan<Cell> cells, Span<double> outputs, ref List<RowFault>? faults)
    {
        var width = Encoding.Width;
        var rented = width > SmallRow ? ArrayPool<double>.Shared.Rent(width) : null;
        var numbers = rented is null ? stackalloc double[width] : rented.AsSpan(0, width);
        if (Encoding.Write(cells, numbers) is not null)
        {
            Encoding.Write(cells, numbers, faults ??= []);
        }
        else
        {
            Infer(numbers, outputs);
        }

        if (rented is not null)
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    /// <summary>The class that probabilities decide for.</summary>
    internal int ClassOf(ReadOnlySpan<double> probabilities)
    {
        if (Decision.Threshold is { } threshold)
        {
            return probabilities[1] >= threshold ? 1 : 0;
        }

        var best = 0;
        for (var i = 1; i < probabilities.Length; i++)
        {
            best = probabilities[i] > probabilities[best] ? i : best;
        }

        return best;
    }

    internal Prediction PredictionOf(ReadOnlySpan<double> outputs)
    {
        if (Target.Column.IsQuantity)
        {
            return new Prediction { Value = outputs[0] };
        }

        var all = ImmutableArray.CreateBuilder<ClassProbability>(outputs.Length);
        for (var i = 0; i < outputs.Length; i++)
        {
            all.Add(new ClassProbability(Target.Classes[i], outputs[i]));
        }

        var best = ClassOf(outputs);
        return new Prediction { Class = Target.Classes[best], Probability = outputs[best], Probabilities = all.MoveToImmutable() };
    }

    /// <summary>Probabilities or the quantity of a row of the network's outputs.</summary>
    internal void Read(ReadOnlySpan<T> raw, Span<double> outputs)
    {
        for (var i = 0; i < raw.Length; i++)
        {
            if (!T.IsFinite(raw[i]))
            {
                throw new InvalidOperationException(
                    $"the network's output {i} for this row is {raw[i]}: its parameters or a value far outside of the training rows make "
                        + $"it "
                        + "so; clip the columns with ClipShare, or go back to the last good state of the training");
            }
        }

        if (Target.Column.IsQuantity)
        {
            outputs[0] = Target.Restore(double.CreateTruncating(raw[0]));
            return;
        }

        if (raw.Length == 1)
        {
            outputs[1] = double.CreateTruncating(raw[0]);
            outputs[0] = 1 - outputs[1];
        }
        else
        {
            for (var i = 0; i < raw.Length; i++)
            {
                outputs[i] = double.CreateTruncating(raw[i]);
            }
        }

        Temper(outputs, Temperature);
    }

    /// <summary>pᵢ^(1/t)/Σpⱼ^(1/t).</summary>
    internal static void Temper(Span<double> probabilities, double temperature)
    {
        if (temperature == 1)
        {
            return;
        }

        var (greatest, sum) = (0.0, 0.0);
        foreach (var probability in probabilities)
        {
            greatest = Math.Max(greatest, probability);
        }

        for (var i = 0; i < probabilities.Length; i++)
        {
            sum += probabilities[i] = Math.Pow(probabilities[i] / greatest, 1 / temperature);
        }

        for (var i = 0; i < probabilities.Length; i++)
        {
            probabilities[i] /= sum;
        }
    }

    private void Infer(ReadOnlySpan<double> numbers, Span<double> outputs)
    {
        var (width, count) = (numbers.Length, Model.Network.Outputs);
        var rented = width + count > SmallRow ? ArrayPool<T>.Shared.Rent(width + count) : null;
        var room = rented is null ? stackalloc T[width + count] : rented.AsSpan(0, width + count);
        TableEncoding.Converted(numbers, room[..width]);
        Model.Predict(room[..width], room[width..]);
        Read(room[width..], outputs);
        if (rented is not null)
        {
            ArrayPool<T>.Shared.Return(rented);
        }
    }
}
