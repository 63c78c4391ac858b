using System.Numerics;

namespace FunctionalNN.Tests;

/// <summary>What one layer gives in training, there and back.</summary>
internal sealed record LayerAnswer<T>(Matrix<T> Output, Matrix<T> InputGradient, ParameterVector<T> Gradient, ParameterVector<T> Statistics)
    where T : unmanaged, IFloatingPointIeee754<T>;

/// <summary>What a loss gives for a prediction.</summary>
internal sealed record LossAnswer<T>(double Mean, T[] Rows, Matrix<T> Gradient, long Right)
    where T : unmanaged, IFloatingPointIeee754<T>;

/// <summary>Calls one layer, one loss or one network's backward pass by itself.</summary>
internal static class LayerCall
{
    /// <summary>The first layer of a model, forward and backward.</summary>
    public static LayerAnswer<T> Train<T>(Model<T> model, Matrix<T> input, Matrix<T> outputGradient, Key key = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var statistics = model.Statistics.Thaw();
        var pass = new Pass<T>(new Heap<T>(), Team.Single, model.Parameters, 0, statistics, 0, key, needsInputGradient: true);
        var cache = model.Network.Layers[0].Forward(pass, input);
        var gradient = ParameterVector<T>.Zeros(model.Parameters.Layout);
        var inputGradient = cache.Backward(pass, outputGradient, gradient.Block.Span);
        return new LayerAnswer<T>(cache.Output, inputGradient, gradient, statistics);
    }

    /// <summary>A layer without parameters, forward alone.</summary>
    public static Matrix<T> Output<T>(Layer layer, Matrix<T> input, Key key = default)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Train(new Network(input.Columns, [layer]).Initialize<T>(0), input, Matrix.Zeros<T>(input.Rows, input.Columns), key).Output;

    /// <summary>A loss as it is, without a layer to absorb.</summary>
    public static LossAnswer<T> Evaluate<T>(Loss loss, Matrix<T> prediction, Targets targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var none = ParameterVector<T>.Zeros(new Layout([]));
        var pass = new Pass<T>(new Heap<T>(), Team.Single, none, 0, none, 0, default, needsInputGradient: true);
        var rows = new T[prediction.Rows];
        var gradient = new T[prediction.Values.Length];
        var right = loss.Evaluate(pass, prediction, targets, rows, gradient);
        var mean = rows.Sum(row => double.CreateSaturating(row)) / prediction.Rows;
        return new LossAnswer<T>(mean, rows, Matrix.Create<T>(prediction.Rows, prediction.Columns, gradient), right);
    }

    /// <summary>The gradient of the training loss of a whole network on one batch, with penalties.</summary>
    public static (Metrics Metrics, ParameterVector<T> Gradient) Differentiate<T>(Model<T> model, Loss loss, Matrix<T> inputs,
        Targets targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var next = model.Train(new GradientAsParameters()).Step(new Batch<T>(inputs, targets), loss);
        Assert.True(next.Divergence.IsNone);
        return (next.Training, next.Model.Parameters);
    }

    /// <summary>p ← g: leaves the gradient where it can be read.</summary>
    private sealed record GradientAsParameters() : Optimizer(0)
    {
        public override int MomentCount => 0;

        protected override bool Update<T>(in ParameterUpdate<T> update)
        {
            update.Gradient.CopyTo(update.Parameters);
            return true;
        }
    }
}
