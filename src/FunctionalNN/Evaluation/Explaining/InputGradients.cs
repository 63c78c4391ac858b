using System.Numerics;
using System.Numerics.Tensors;

namespace FunctionalNN;

/// <summary>
/// How a prediction answers to small changes of its inputs (saliency; K. Simonyan et al., 2013, arXiv 1312.6034): by back-propagation
/// through the network as it predicts, so without dropout and with running statistics. Exact, in one pass for all inputs.
/// </summary>
public static class InputGradients
{
    private const int BlockRows = 256;

    /// <summary>∂ŷₖ/∂x for each row: [n × inputs].</summary>
    /// <param name="model">What predicts.</param>
    /// <param name="inputs">The rows: [n × inputs].</param>
    /// <param name="output">k, the output asked about: a class, or 0 of a single one.</param>
    /// <param name="parallelism">All cores by default; the result is the same.</param>
    /// <exception cref="ArgumentException">The rows have another width than the network's input, or there is no such output.</exception>
    public static Matrix<T> InputGradient<T>(this Model<T> model, Matrix<T> inputs, int output = 0, Parallelism? parallelism = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        model.RequireWidth(inputs.Columns);
        if ((uint)output >= (uint)model.Network.Outputs)
        {
            throw new ArgumentException($"there is no output {output}: the network has {model.Network.Outputs}, counted from 0");
        }

        var data = new DataSet<T>(inputs, new RealTargets<T>(Matrix.Zeros<T>(inputs.Rows, 1)));
        return Of(model, data, new OutputSelector(output), isMean: false, parallelism);
    }

    /// <summary>
    /// ∂ℓ/∂x for each row, ℓ the loss of the row itself: [n × inputs]. Where it is large, a small change of the input makes the row much
    /// better or worse predicted. The rows' weights do not count.
    /// </summary>
    /// <exception cref="ArgumentException">The data or the loss does not fit the network; the message names everything that is
    /// wrong.</exception>
    public static Matrix<T> InputGradient<T>(this Model<T> model, DataSet<T> data, Loss loss, Parallelism? parallelism = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        data = model.Arrange(data);
        Compatibility.Require(model.Network, data, loss);
        return Of(model, data, loss, isMean: true, parallelism);
    }

    private static Matrix<T> Of<T>(Model<T> model, DataSet<T> data, Loss loss, bool isMean, Parallelism? parallelism)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var team = Team.Lease(parallelism ?? Parallelism.AllCores);
        var network = model.Network with { Layers = [.. model.Network.Layers.Select(layer => layer.AsInference())] };
        var (engine, reader) = (new Engine<T>(network.Plan, new Arena<T>(), loss), new BatchReader<T>());
        var (unused, statistics) = (ParameterVector<T>.Zeros(model.Parameters.Layout), model.Statistics.Thaw());
        var (gradients, width) = (Block<T>.Allocate(MatrixSize.Of<T>(data.Count, data.Inputs.Width)), data.Inputs.Width);
        var batches = data.InOrder(BlockRows).Epoch(default, 0);
        for (var i = 0; i < batches.Count; i++)
        {
            var batch = reader.Read(batches, i, team) with { Weights = null };
            engine.Differentiate(team, model.Parameters, statistics, batch, default, unused, out var gradient, wantsInputGradient: true);
            var scale = isMean ? T.CreateTruncating(batch.Inputs.Rows) : T.One;
            TensorPrimitives.Multiply(gradient!.Values, scale, gradients.Slice(i * BlockRows * width, gradient.Values.Length).Span);
        }

        return new Matrix<T>(gradients, data.Count, width);
    }
}
