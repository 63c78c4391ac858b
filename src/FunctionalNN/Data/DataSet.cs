using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>Samples to learn from or to be measured by: a row of inputs and a target each.</summary>
/// <typeparam name="T">float or double, the same as the model's.</typeparam>
public sealed class DataSet<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private Lineage? lineage;
    private string? contentHash;

    /// <summary>A data set from inputs and targets of the same count.</summary>
    /// <exception cref="ArgumentException">The counts differ; the message gives both.</exception>
    public DataSet(RowSource<T> inputs, Targets targets)
        : this(inputs, targets, null)
    {
    }

    internal DataSet(RowSource<T> inputs, Targets targets, Matrix<T>? weights, Lineage? lineage = null,
        ImmutableArray<string> inputNames = default)
    {
        if (inputs.Count != targets.Count)
        {
            throw new ArgumentException($"{inputs.Count} rows of inputs but {targets.Count} targets: every row needs one");
        }

        Inputs = inputs;
        Targets = targets;
        Weights = weights;
        this.lineage = lineage;
        InputNames = inputNames.IsDefault ? [] : inputNames;
    }

    /// <summary>The inputs, one row a sample.</summary>
    public RowSource<T> Inputs { get; }

    /// <summary>The targets, one a sample.</summary>
    public Targets Targets { get; }

    /// <summary>The size of the images that the rows are, where they are known to be images; MNIST, CIFAR and folders of pictures know
    /// theirs. A network for images of another size refuses them.</summary>
    public ImageSize? Image => Inputs.Image;

    /// <summary>
    /// The names of the inputs, one a column, or empty. A model that is trained on the data takes them, and whatever meets it later is
    /// compared: the same names in another order are put into the model's, others are refused.
    /// </summary>
    public ImmutableArray<string> InputNames { get; }

    /// <summary>The names of the classes in the order of their numbers; empty where there are none. They are compared as
    /// <see cref="InputNames"/> are.</summary>
    public ImmutableArray<string> ClassNames => (Targets as ClassLabels)?.Names ?? [];

    /// <summary>How much each sample counts in the loss, [n × 1]; null when all count 1. Set by <see cref="DataSetWeights"/>.</summary>
    public Matrix<T>? Weights { get; }

    /// <summary>The number of samples.</summary>
    public int Count => Inputs.Count;

    /// <summary>
    /// Which part of a split these rows are. Nothing can be fitted on a validation or test part, nor on what is made from one: not a
    /// network, nor a <see cref="Scaler{T}"/>, a codec, <see cref="Adaptation.Adapt"/> or oversampling. A held-out part that is split again
    /// stays held out.
    /// </summary>
    public DataPart Part => Lineage.Part;

    /// <summary>Where the rows come from.</summary>
    internal Lineage Lineage => lineage ?? Interlocked.CompareExchange(ref lineage, new Lineage(), null) ?? lineage;

    /// <summary>The same samples without the memory of any split: for a last fit on all there is, after the measuring is done.</summary>
    public DataSet<T> AsTraining() => new(Inputs, Targets, Weights, null, InputNames);

    /// <summary>The same samples with names for their inputs; without any they have none.</summary>
    /// <param name="names">One name a column, each once.</param>
    /// <exception cref="ArgumentException">There is another count of names than of columns, or one is there twice.</exception>
    public DataSet<T> WithInputNames(params IEnumerable<string> names)
    {
        ImmutableArray<string> all = [.. names];
        if (!all.IsEmpty && all.Length != Inputs.Width)
        {
            throw new ArgumentException($"{all.Length} names were given for {Inputs.Width} inputs: give each column one");
        }

        return all.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new ArgumentException($"the name \"{twice.Key}\" is there {twice.Count()} times: give each column one of its own")
            : new DataSet<T>(Inputs, Targets, Weights, Lineage, all);
    }

    /// <summary>The same samples with the whole numbers 0, 1, 2 … of their one target column as class labels.</summary>
    /// <param name="classes">The number of classes; one more than the greatest number by default.</param>
    /// <param name="names">One name a class, or nothing.</param>
    /// <exception cref="ArgumentException">The targets are no single column of whole numbers from 0 up; the message names the
    /// row.</exception>
    public DataSet<T> ToClassLabels(int? classes = null, params IEnumerable<string> names)
    {
        if (Targets is not RealTargets<T> { Values.Columns: 1 } real)
        {
            throw new ArgumentException($"class labels are made of one column of numbers, the data has {Targets}");
        }

        var labels = new int[Count];
        for (var row = 0; row < labels.Length; row++)
        {
            var value = real.Values[row, 0];
            labels[row] = T.IsInteger(value) && value >= T.Zero && value < T.CreateTruncating(1 << 24)
                ? int.CreateTruncating(value)
                : throw new ArgumentException($"row {row} has the target {value}, expected the whole number of a class, 0 or more");
        }

        return new DataSet<T>(Inputs, new ClassLabels(labels, classes ?? Math.Max(1, labels.DefaultIfEmpty(0).Max() + 1), names), Weights,
            Lineage, InputNames);
    }

    /// <summary>Minibatches in a new order each epoch; the order depends on the run's key and the epoch alone. The last may be
    /// smaller.</summary>
    /// <param name="batchSize">Rows a batch, 1 or more; more than there are gives one batch of all.</param>
    public Batches<T> Shuffled(int batchSize) => new(this, batchSize, isShuffled: true);

    /// <summary>Minibatches in the order of the rows, the same each epoch.</summary>
    /// <param name="batchSize">Rows a batch, 1 or more; more than there are gives one batch of all.</param>
    public Batches<T> InOrder(int batchSize) => new(this, batchSize, isShuffled: false);

    /// <summary>One batch of all rows: full-batch descent.</summary>
    public Batches<T> FullBatch() => InOrder(Math.Max(1, Count));

    /// <summary>Some of the samples, in the order given, without a copy of the inputs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public DataSet<T> Pick(ReadOnlySpan<int> rows) => Pick(rows, Lineage);

    internal DataSet<T> Pick(ReadOnlySpan<int> rows, Lineage past)
    {
        foreach (var row in rows)
        {
            if ((uint)row >= (uint)Count)
            {
                throw new ArgumentOutOfRangeException(nameof(rows), $"row {row} lies outside a data set of {Count} rows");
            }
        }

        return new DataSet<T>(new PickedRows<T>(Inputs, rows.ToArray()), Targets.Pick(rows), WeightsOf(rows), past, InputNames);
    }

    /// <summary>The first samples, all when there are fewer.</summary>
    public DataSet<T> Take(int count) => Pick([.. Enumerable.Range(0, Math.Min(count, Count))]);

    /// <summary>The inputs in order, a thousand rows at a time, each block with the number of its first row: for data that need not fit
    /// into memory.</summary>
    public IEnumerable<(int First, Matrix<T> Inputs)> Blocks() => RowBlocks.Of(Inputs);

    /// <summary>The inputs of some rows as a matrix: a copy.</summary>
    public Matrix<T> InputsOf(params ReadOnlySpan<int> rows)
    {
        var block = Block<T>.Allocate(MatrixSize.Of<T>(rows.Length, Inputs.Width));
        Inputs.Gather(rows, block.Span);
        return new Matrix<T>(block, rows.Length, Inputs.Width);
    }

    /// <summary>The same samples with the inputs as numbers in one matrix: faster in a fixed order, at the price of memory.</summary>
    public DataSet<T> InMemory() =>
        new(new MatrixRows<T>(InputsOf([.. Enumerable.Range(0, Count)]), Image), Targets, Weights, Lineage, InputNames);

    internal Matrix<T>? WeightsOf(ReadOnlySpan<int> rows)
    {
        if (Weights is null)
        {
            return null;
        }

        var picked = new Matrix<T>(Block<T>.Allocate(rows.Length), rows.Length, 1);
        PickWeights(rows, picked);
        return picked;
    }

    internal void PickWeights(ReadOnlySpan<int> rows, Matrix<T>? buffer)
    {
        for (var i = 0; buffer is not null && i < rows.Length; i++)
        {
            buffer.Block.Span[i] = Weights!.Values[rows[i]];
        }
    }

    /// <summary>
    /// SHA-256 of all inputs as numbers of this type, of targets and weights, in hexadecimal digits: the same numbers give the same hash,
    /// however they are kept. Made when first asked for, in about a second for a gigabyte of numbers.
    /// </summary>
    public string ContentHash => contentHash ??= DataSetHash.Of(this);

    /// <summary>Counts and widths, and which part of a split it is.</summary>
    public override string ToString() =>
        $"{Count} rows of {Inputs.Width} inputs, {Targets}"
            + Part switch
            {
                DataPart.Training => " (training part)",
                DataPart.Validation => " (validation part)",
                DataPart.Test => " (test part)",
                _ => "",
            };
}
