using System.Numerics;

namespace FunctionalNN.Tests;

/// <summary>One layer or one loss by itself.</summary>
internal static class Probe
{
    /// <summary>Output, ∂L/∂x and ∂L/∂p of a layer in training.</summary>
    public static (Matrix<T> Output, Matrix<T> InputGradient, T[] ParameterGradient) Layer<T>(Layer layer, Matrix<T> x, Matrix<T> dy,
        T[]? parameters = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var model = new Network(x.Columns, [layer]).Initialize<T>(0);
        var values = parameters is null ? model.Parameters : new ParameterVector<T>(model.Parameters.Layout, parameters);
        var pass = new Pass<T>(new Heap<T>(), Team.Single, values, 0, model.Statistics.Thaw(), 0, new Key(5), true);
        var cache = layer.Forward(pass, x);
        var gradient = new T[values.Count];
        return (cache.Output, cache.Backward(pass, dy, gradient), gradient);
    }

    /// <summary>A layer's output in training.</summary>
    public static Matrix<T> Output<T>(Layer layer, Matrix<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> => Layer(layer, x, x).Output;

    /// <summary>Mean loss, gradient and count of right predictions.</summary>
    public static (double Loss, Matrix<T> Gradient, long Right) Loss<T>(Loss loss, Matrix<T> prediction, Targets targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var empty = ParameterVector<T>.Zeros(new Layout([]));
        var pass = new Pass<T>(new Heap<T>(), Team.Single, empty, 0, empty, 0, default, false);
        var (rowLosses, gradient) = (new T[prediction.Rows], Matrix.Zeros<T>(prediction.Rows, prediction.Columns));
        var right = loss.Evaluate(pass, prediction, targets, rowLosses, gradient.Block.Span);
        return (rowLosses.Average(rowLoss => double.CreateSaturating(rowLoss)), gradient, right);
    }

    /// <summary>The greatest |found − expected| / (|expected| + floor).</summary>
    public static double Difference(ReadOnlySpan<double> found, ReadOnlySpan<double> expected, double floor = 1e-3)
    {
        Assert.Equal(expected.Length, found.Length);
        var worst = 0.0;
        for (var i = 0; i < found.Length; i++)
        {
            var difference = found[i] == expected[i] ? 0 : Math.Abs(found[i] - expected[i]) / (Math.Abs(expected[i]) + floor);
            worst = difference <= worst ? worst : difference;
        }

        return worst;
    }

    public static Matrix<float> Single(Matrix<double> matrix) => Matrix.Convert<double, float>(matrix);

    public static Matrix<double> Double(Matrix<float> matrix) => Matrix.Convert<float, double>(matrix);
}
