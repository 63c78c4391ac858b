using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// One call before training: looks for what commonly makes training fail or its result look better than it is, and says of each what to do.
/// It reads the data once, in blocks, keeps 8 bytes a row, and trains on one small batch; the model given stays as it was. The seed decides
/// which rows are looked at closely.
/// </summary>
/// <remarks>
/// It looks at: whether network, data and loss go together; numbers that are not finite; constant and equal columns; the scale of inputs
/// and targets; class balance; rows that repeat, contradict each other, or are in training and test both; the loss at the start against
/// that of knowing nothing (ln k for k classes, A. Karpathy, "A recipe for training neural networks", 2019); units that are dead and
/// gradients that vanish; whether one batch can be learned by heart; and layers that hardly ever mean what was meant: softmax twice, a
/// rectifier before softmax, dense on dense without an activation, independent probabilities under a loss of one class, a normalisation
/// that was not adapted, rows to measure by that were prepared otherwise.
/// </remarks>
public static class Doctor
{
    private const int SampleRows = 1000;
    private const int BatchRows = 16;

    /// <summary>Examines a network: its numbers are drawn by seed, and each <see cref="Normalization"/> is fitted to the training
    /// rows.</summary>
    /// <param name="network">What is to be trained.</param>
    /// <param name="train">The rows to learn from.</param>
    /// <param name="loss">What is to be made small.</param>
    /// <param name="test">The rows to measure by, to be compared with the training rows.</param>
    /// <param name="seed">Draws numbers and rows.</param>
    public static Diagnosis Examine<T>(Network network, DataSet<T> train, Loss loss, DataSet<T>? test = null, int seed = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var model = network.Initialize<T>(seed);
        var isFitted = network.Plan.AllLayers.Any(layer => layer is IFittedLayer { IsRunning: false });
        return Examine(train.Count > 0 && train.Inputs.Width == network.Inputs && isFitted
            ? model.Adapt(train)
            : model, train, loss, test, seed);
    }

    /// <summary>Examines a model as it is.</summary>
    /// <inheritdoc cref="Examine{T}(Network, DataSet{T}, Loss, DataSet{T}?, int)"/>
    /// <param name="model">What is to be trained.</param>
    /// <param name="train">The rows to learn from.</param>
    /// <param name="loss">What is to be made small.</param>
    /// <param name="test">The rows to measure by, to be compared with the training rows.</param>
    /// <param name="seed">Draws rows.</param>
    public static Diagnosis Examine<T>(Model<T> model, DataSet<T> train, Loss loss, DataSet<T>? test = null, int seed = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var findings = new List<Finding>();
        train = Arranged(model, train, "", findings);
        model = model.Named(train.InputNames.Length == model.Network.Inputs ? train.InputNames : [], train.Targets);
        test = test is null ? null : Arranged(model, test, "test rows: ", findings);
        findings.AddRange(Misfits(model.Network, train, loss, ""));
        var fits = findings.Count == 0;
        var data = new DataExamination<T>(train, "training");
        findings.AddRange(OfTraining(data, train, IsScaled(model), model.Network.EmbeddedColumns, model.Network.Input.Image));
        findings.AddRange([.. StructureExamination.Layers(model.Network, loss),
            .. StructureExamination.Targets<T>(model.Network, loss, train.Targets), .. StructureExamination.Unfitted(model)]);
        if (test is not null)
        {
            var held = new DataExamination<T>(test, "test");
            findings.AddRange([.. Misfits(model.Network, test, loss, "test rows: "), .. held.NonFiniteNumbers(),
                .. StructureExamination.Preparation(train, test),
                .. TargetExamination.Shared(data.Hashes.With<T>(train.Targets), held.Hashes.With<T>(test.Targets))]);
        }

        if (!fits || findings.Any(finding => finding.Kind == FindingKind.NonFinite))
        {
            return Sorted(findings, [], double.NaN, double.NaN);
        }

        var examination = new ModelExamination<T>(model, loss, train.Pick([.. Sample(train.Count, SampleRows, seed).Order()]), seed);
        var vitals = train.Count < model.Network.Plan.MinRows ? [] : examination.Vitals();
        findings.AddRange([
            .. examination.StartingLoss(),
            .. ModelExamination<T>.DeadUnits(vitals),
            .. ModelExamination<T>.Gradients(vitals),
            .. examination.Overfit(
                train.Pick([.. Sample(train.Count, train.Count, seed).DistinctBy(row => data.Hashes[row]).Take(BatchRows)])),
        ]);
        return Sorted(findings, vitals, examination.StartLoss, examination.Baseline);
    }

    /// <summary>Examines a run before it begins: besides the model, the optimizer's rate and the order of the rows. Call it with what
    /// <see cref="Train.Epochs"/> will be given.</summary>
    /// <param name="start">Where the run starts.</param>
    /// <param name="batches">The batches of each epoch.</param>
    /// <param name="loss">What is to be made small.</param>
    /// <param name="heldOut">The rows to measure by, to be compared with the training rows.</param>
    /// <param name="seed">Draws rows.</param>
    public static Diagnosis Examine<T>(TrainingState<T> start, Batches<T> batches, Loss loss, DataSet<T>? heldOut = null, int seed = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var diagnosis = Examine(start.Model, batches.Data, loss, heldOut, seed);
        List<Finding> findings = [.. RunExamination.Rate(start.Optimizer, (batches.Data.Count / batches.BatchSize) + 1),
            .. RunExamination.Order(batches), .. diagnosis.Findings];
        return Sorted(findings, diagnosis.Layers, diagnosis.StartLoss, diagnosis.BaselineLoss);
    }

    /// <summary>
    /// How each layer does on some rows, at any time of a run: one pass forwards and one back on the calling thread, without dropout and
    /// noise, and with batch normalisation by these rows.
    /// </summary>
    /// <param name="model">It stays as it was.</param>
    /// <param name="rows">A few hundred tell enough; all of them are looked at.</param>
    /// <param name="loss">What its gradient is of.</param>
    /// <returns>A layer each; none where there are too few rows for the network.</returns>
    /// <exception cref="ArgumentException">Network, rows and loss do not go together; the message names everything that is
    /// wrong.</exception>
    public static ImmutableArray<LayerVitals> Vitals<T>(Model<T> model, DataSet<T> rows, Loss loss)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        rows = model.Arrange(rows);
        Compatibility.Require(model.Network, rows, loss);
        return rows.Count == 0 || rows.Count < model.Network.Plan.MinRows ? [] : ModelExamination<T>.Vitals(model, loss, rows, seed: 0);
    }

    /// <summary>The data in the model's order; where the names are others, a finding and the data as it is.</summary>
    private static DataSet<T> Arranged<T>(Model<T> model, DataSet<T> data, string where, List<Finding> findings)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        try
        {
            return model.Arrange(data);
        }
        catch (ArgumentException fault)
        {
            findings.Add(new Finding(Severity.Error, FindingKind.Misfit, where + fault.Message, ""));
            return data;
        }
    }

    private static IEnumerable<Finding> OfTraining<T>(DataExamination<T> data, DataSet<T> train, bool isScaled,
        ImmutableArray<EmbeddedColumn> embedded, ImageSize? image)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        train.Count == 0 ? [] :
        [
            .. data.NonFiniteNumbers(),
            .. data.Columns().Where(finding => image is null || finding.Severity != Severity.Note),
            .. data.Scale(isScaled, embedded, image is not null),
            .. image is { } size && size.Count == train.Inputs.Width ? ImageExamination.Order(train, size) : [],
            .. train.Targets switch
            {
                ClassLabels labels => TargetExamination.Balance(labels),
                RealTargets<T> targets => TargetExamination.Scale(targets),
                _ => [],
            },
            .. TargetExamination.Repetitions(data.Hashes, train.Targets),
        ];

    private static Finding[] Misfits<T>(Network network, DataSet<T> data, Loss loss, string where)
        where T : unmanaged, IFloatingPointIeee754<T> => Compatibility.Check(network, data, loss).Match(
            _ => [],
            errors => errors.Map(error => new Finding(Severity.Error, FindingKind.Misfit, where + error.Message, "")).ToArray());

    private static Diagnosis Sorted(List<Finding> findings, ImmutableArray<LayerVitals> vitals, double startLoss, double baseline) =>
        new([.. findings.OrderByDescending(finding => finding.Severity)], vitals, startLoss, baseline);

    private static int[] Sample(int count, int most, int seed) =>
        new Key((ulong)seed).Fold(0xD0C).Permutation(count)[..Math.Min(most, count)];

    /// <summary>Whether the network brings its inputs to a common scale.</summary>
    private static bool IsScaled<T>(Model<T> model)
        where T : unmanaged, IFloatingPointIeee754<T> => model.Network.Layers[0] is IFittedLayer fitted
            && fitted.Scales<T>(model.Statistics.View(0).Values, model.Statistics.View(1).Values);
}
