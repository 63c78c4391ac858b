using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>A grid over two features of a data set, the others at their mean, and the model's outputs for all of it, from one
/// batch.</summary>
internal sealed record Plane(double X0, double X1, double Y0, double Y1, int Resolution)
{
    private const double Margin = 0.06;

    public double StepX => (X1 - X0) / (Resolution - 1);

    public double StepY => (Y1 - Y0) / (Resolution - 1);

    /// <summary>The horizontal positions.</summary>
    public PlotValue Xs => PlotValue.Numbers(Enumerable.Range(0, Resolution).Select(i => X0 + (i * StepX)));

    /// <summary>The vertical positions.</summary>
    public PlotValue Ys => PlotValue.Numbers(Enumerable.Range(0, Resolution).Select(i => Y0 + (i * StepY)));

    /// <summary>The plane that holds all rows, with a margin.</summary>
    public static Plane Around<T>(DataSet<T> data, int x, int y, int resolution)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resolution, 2);
        Require(data, x, nameof(x));
        Require(data, y, nameof(y));
        if (x == y)
        {
            throw new ArgumentException($"both axes show input {x}: give two different ones");
        }

        if (data.Count == 0)
        {
            throw new ArgumentException("the data has no rows: there is nothing to draw");
        }

        var (least, greatest) = (Columns(data, Math.Min), Columns(data, Math.Max));
        var (marginX, marginY) = (Room(least[x], greatest[x]), Room(least[y], greatest[y]));
        return new Plane(least[x] - marginX, greatest[x] + marginX, least[y] - marginY, greatest[y] + marginY, resolution);
    }

    /// <summary>The outputs at all places, row after row from the lowest.</summary>
    public Matrix<T> Outputs<T>(Model<T> model, DataSet<T> data, int x, int y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var means = data.Inputs.Width == 2 ? new double[2] : Columns(data, (left, right) => left + right);
        return model.Predict(Matrix.Create(Resolution * Resolution, data.Inputs.Width, (row, column) => T.CreateSaturating(
            column == x ? X0 + (row % Resolution * StepX)
            : column == y ? Y0 + (row / Resolution * StepY)
            : means[column] / data.Count)));
    }

    /// <summary>A sentence on the features that are not drawn; empty where there are none.</summary>
    public static string NoteOn(int width) => width switch
    {
        2 => "",
        3 => "The third input is at its mean.",
        _ => $"The other {width - 2} inputs are at their means.",
    };

    private static double Room(double least, double greatest) => greatest > least ? Margin * (greatest - least) : 1;

    private static void Require<T>(DataSet<T> data, int feature, string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if ((uint)feature >= (uint)data.Inputs.Width)
        {
            throw new ArgumentOutOfRangeException(name, $"the axis shows input {feature}, the data has {data.Inputs.Width}, counted from 0"
                    + $"{(data.Inputs.Width == 1 ? ": for one input draw Figure.RegressionFit" : "")}");
        }
    }

    /// <summary>For each column its numbers put together, without a copy of all rows.</summary>
    private static double[] Columns<T>(DataSet<T> data, Func<double, double, double> together)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double[]? result = null;
        foreach (var (_, block) in data.Blocks())
        {
            for (var row = 0; row < block.Rows; row++)
            {
                var values = block.Row(row);
                if (result is null)
                {
                    result = new double[values.Length];
                    for (var i = 0; i < result.Length; i++)
                    {
                        result[i] = double.CreateTruncating(values[i]);
                    }

                    continue;
                }

                for (var i = 0; i < result.Length; i++)
                {
                    result[i] = together(result[i], double.CreateTruncating(values[i]));
                }
            }
        }

        return result!;
    }
}
