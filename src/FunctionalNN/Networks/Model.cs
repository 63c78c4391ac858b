using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>A network with its numbers: what predicts, and what training gives.</summary>
/// <typeparam name="T">float to train, double to check gradients.</typeparam>
public sealed partial record Model<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int BlockRows = 192;

    private PredictionSessions<T>? sessions;

    /// <summary>A model from a network and the numbers for it.</summary>
    /// <exception cref="ArgumentException">The numbers have another layout than the network asks for.</exception>
    public Model(Network network, ParameterVector<T> parameters, ParameterVector<T> statistics)
    {
        Network = network;
        Parameters = parameters;
        Statistics = statistics;
    }

    /// <summary>A changed copy has memory of its own.</summary>
    private Model(Model<T> original)
    {
        Network = original.Network;
        Parameters = original.Parameters;
        Statistics = original.Statistics;
        LabelNames = original.LabelNames;
        InputNames = original.InputNames;
        Seed = original.Seed;
        Seen = original.Seen;
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>The trained numbers.</summary>
    /// <exception cref="ArgumentException">In <c>with</c>: the layout is another.</exception>
    public ParameterVector<T> Parameters
    {
        get;
        init
        {
            field = Fitting(value, Network.ParameterLayout, "parameters");
            Seed = null;
        }
    }

    /// <summary>The running statistics, such as batch normalisation's means and variances.</summary>
    /// <exception cref="ArgumentException">In <c>with</c>: the layout is another.</exception>
    public ParameterVector<T> Statistics
    {
        get;
        init
        {
            field = Fitting(value, Network.StatisticLayout, "statistics");
            Seed = null;
        }
    }

    /// <summary>The names of the classes, one an output; empty where there are none. Training takes them from the data.</summary>
    public ImmutableArray<string> LabelNames { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The names of the inputs, in their order; empty where there are none. Training takes them from the data, and they are saved
    /// with the model.</summary>
    /// <exception cref="ArgumentException">In <c>with</c>: there is another count of names than of inputs.</exception>
    public ImmutableArray<string> InputNames
    {
        get;
        init => field = value.IsDefaultOrEmpty ? []
            : value.Length == Network.Inputs ? value
            : throw new ArgumentException($"{value.Length} names were given for {Network.Inputs} inputs: give each one");
    } = [];

    /// <summary>What the numbers were drawn by, while they are as drawn.</summary>
    internal int? Seed { get; init; }

    /// <summary>What it was fitted on, as far as it is known: it is never measured on a held-out part of that. No part of the model's
    /// value.</summary>
    internal Seen Seen { get; private init; } = Seen.Nothing;

    /// <summary>The model with one layer's slot replaced: surgery by name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such slot; the message lists what there is.</exception>
    /// <exception cref="ArgumentException">The slot has another shape; the message gives both.</exception>
    public Model<T> With(string layer, string slot, Matrix<T> values) => this with { Parameters = Parameters.With(layer, slot, values) };

    /// <summary>
    /// The data as the model's names ask: the same names in another order are put into the model's, which is exact. What has no names is
    /// taken as it is. Everything that takes a model and data does this first.
    /// </summary>
    /// <exception cref="ArgumentException">The names of inputs or classes are others than those that the model was trained on; the message
    /// gives both lists.</exception>
    public DataSet<T> Arrange(DataSet<T> data)
    {
        var columns = NameOrder.Places("inputs", InputNames, data.InputNames);
        var targets = NameOrder.Arrange(LabelNames, data.Targets);
        return columns is null && ReferenceEquals(targets, data.Targets)
            ? data
            : new DataSet<T>(columns is null ? data.Inputs : new ReorderedColumns<T>(data.Inputs, columns), targets, data.Weights,
                data.Lineage, columns is null ? data.InputNames : InputNames);
    }

    /// <summary>The network's output for each row: [n × inputs] → [n × outputs]. A row's result does not depend on the rows beside
    /// it.</summary>
    /// <exception cref="ArgumentException">The rows have another width than the network's input.</exception>
    public Matrix<T> Predict(Matrix<T> inputs, Parallelism? parallelism = null)
    {
        RequireWidth(inputs.Columns);
        using var team = Team.Lease(parallelism ?? Parallelism.AllCores);
        var outputs = Block<T>.Allocate(MatrixSize.Of<T>(inputs.Rows, Network.Outputs), zeroed: false);
        outputs.Array.AsSpan(outputs.Length).Clear();
        var job = new PredictJob(this, inputs, outputs);
        team.Run(ref job, Math.Min(team.PartsFor((double)inputs.Rows * Parameters.Count / 100), (inputs.Rows + BlockRows - 1) / BlockRows));
        return new Matrix<T>(outputs, inputs.Rows, Network.Outputs);
    }

    /// <summary>
    /// The network's output for one row, without allocating, from any number of threads at once. After some dozens of calls the model
    /// makes, once, a second copy of weights of 256 KB to 256 MB in layers of more than 128 outputs, in the order in which a single row
    /// reads them.
    /// </summary>
    /// <param name="row">As wide as the network's input.</param>
    /// <param name="output">As wide as the network's output.</param>
    /// <param name="parallelism">The calling thread alone by default; wide networks gain from two.</param>
    /// <exception cref="ArgumentException">A width is wrong; the message gives both.</exception>
    public void Predict(ReadOnlySpan<T> row, Span<T> output, Parallelism? parallelism = null)
    {
        RequireWidth(row.Length);
        if (output.Length != Network.Outputs)
        {
            throw new ArgumentException($"the output takes {output.Length} numbers, the network gives {Network.Outputs}");
        }

        using var team = Team.Lease(parallelism ?? Parallelism.None);
        LazyInitializer.EnsureInitialized(ref sessions, static () => new PredictionSessions<T>())
            .Predict(Network.Plan, Parameters, Statistics, team, row, output);
    }

    /// <summary>Loss and accuracy over a data set, in prediction mode and without penalties.</summary>
    /// <exception cref="ArgumentException">
    /// The data or the loss does not fit the network; the message names everything that is wrong. Or the data is a held-out part of what
    /// the model was fitted on.
    /// </exception>
    public Metrics Evaluate(DataSet<T> data, Loss loss, Parallelism? parallelism = null)
    {
        data = Arrange(data);
        Compatibility.Require(Network, data, loss);
        data.Lineage.RequireUnseen(Seen);
        using var team = Team.Lease(parallelism ?? Parallelism.AllCores);
        var engine = new Engine<T>(Network.Plan, new Arena<T>(), loss);
        var (reader, batches) = (new BatchReader<T>(), data.InOrder(BlockRows).Epoch(default, 0));
        var metrics = default(Metrics);
        for (var i = 0; i < batches.Count; i++)
        {
            metrics += engine.Measure(team, Parameters, Statistics, reader.Read(batches, i, team));
        }

        return metrics;
    }

    /// <inheritdoc/>
    public bool Equals(Model<T>? other) =>
        other is not null && Network.Equals(other.Network) && Parameters.Equals(other.Parameters) && Statistics.Equals(other.Statistics)
            && LabelNames.SequenceEqual(other.LabelNames) && InputNames.SequenceEqual(other.InputNames);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Network, Parameters);

    /// <summary>The same model, known to have been fitted on these rows.</summary>
    internal Model<T> Having(DataSet<T> seen) => Having(seen.Lineage);

    /// <summary>The same model, known to have been fitted on rows of an origin, where that is known.</summary>
    internal Model<T> Having(Lineage? lineage) =>
        lineage is null || (Seen.And(lineage) is var all && ReferenceEquals(all, Seen)) ? this : this with { Seen = Seen.And(lineage) };

    /// <summary>The penalties of the layers' slots.</summary>
    internal double Penalty() => new Engine<T>(Network.Plan, new Heap<T>()).Penalty(Team.Single, Parameters);

    internal void RequireWidth(int columns)
    {
        if (columns != Network.Inputs)
        {
            throw new ArgumentException($"the rows are {columns} wide, the network takes "
                + (Network.Input.Image is { } image ? $"images of {image}, {Network.Inputs} numbers each" : $"{Network.Inputs} inputs"));
        }
    }

    /// <summary>Rows of the network's width, and images of its size where both are images.</summary>
    internal void RequireInputs(RowSource<T> inputs)
    {
        RequireWidth(inputs.Width);
        if (Network.Input.Image is { } expected && inputs.Image is { } found && found != expected)
        {
            throw new ArgumentException($"the data has images of {found}, the network takes images of {expected}: bring them to that size");
        }
    }

    private static ParameterVector<T> Fitting(ParameterVector<T> vector, Layout layout, string name) =>
        vector.Layout.Equals(layout)
            ? vector
            : throw new ArgumentException(
                $"the {name} have another layout than the network asks for. Found:{Environment.NewLine}{vector.Layout}"
                    + $"{Environment.NewLine}expected:{Environment.NewLine}{layout}");

    /// <summary>Rows are independent, so each thread takes some through the whole network, a block at a time that its cache
    /// holds.</summary>
    private readonly struct PredictJob(Model<T> model, Matrix<T> inputs, Block<T> outputs) : IJob
    {
        public void Execute(int part, int parts)
        {
            var (arena, width) = (new Arena<T>(), model.Network.Outputs);
            var engine = new Engine<T>(model.Network.Plan, arena);
            var (start, end) = Team.Range(inputs.Rows, BlockRows, part, parts);
            for (; start < end; start += BlockRows)
            {
                arena.Reset();
                var count = Math.Min(BlockRows, end - start);
                var rows = new Matrix<T>(inputs.Block.Slice(start * inputs.Columns, count * inputs.Columns), count, inputs.Columns);
                engine.Infer(Team.Single, model.Parameters, model.Statistics,
                    rows).Values.CopyTo(outputs.Slice(start * width, count * width).Span);
            }
        }
    }
}
