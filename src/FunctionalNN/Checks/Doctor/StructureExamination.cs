using System.Numerics;

namespace FunctionalNN;

/// <summary>What a network's layers tell without any numbers: combinations that run, and hardly ever mean what was meant.</summary>
internal static class StructureExamination
{
    /// <summary>Layers that do not go well together, or not with the loss.</summary>
    public static IEnumerable<Finding> Layers(Network network, Loss loss)
    {
        var plan = network.Plan;
        Layer[] layers = [.. network.Layers];
        var ranges = new OutputRange[layers.Length + 1];
        for (var i = 0; i < layers.Length; i++)
        {
            ranges[i + 1] = layers[i].RangeFor(ranges[i]);
        }

        if (loss.Reads.IsOneClass && ranges[^1] == OutputRange.Probabilities && network.Outputs > 1)
        {
            yield return new Finding(Severity.Warning, FindingKind.Structure,
                $"{plan.Names[^1]} gives {network.Outputs} probabilities that need not add up to 1, and {loss.Kind} reads one class of "
                    + $"{network.Outputs}: a model may be sure of every class, and of none",
                "end the network in Softmax, or take BinaryCrossEntropy for answers that may be true together");
        }

        for (var i = 1; i < layers.Length; i++)
        {
            var before = Enumerable.Range(0, i).Reverse().First(at => at == 0 || !layers[at].IsIdentity);
            var isDistribution = layers[i].RangeFor(OutputRange.Any) == OutputRange.Distribution;
            if (isDistribution && ranges[i] is OutputRange.Distribution or OutputRange.Probabilities)
            {
                yield return new Finding(Severity.Warning, FindingKind.Structure,
                    $"{plan.Names[i]} gets what {plan.Names[before]} has already made probabilities: they come out almost equal",
                    $"leave {plan.Names[before]} out");
            }
            else if (isDistribution && ranges[i] == OutputRange.NonNegative)
            {
                yield return new Finding(Severity.Warning, FindingKind.Structure,
                    $"{plan.Names[before]} cuts off what is below 0 before {plan.Names[i]}: it can say that a class is likely, and "
                        + $"never that "
                        + $"one is unlikely",
                    $"leave {plan.Names[before]} out");
            }

            if (layers[i].IsAffine && layers[before].IsAffine
                && plan.Widths[before + 1] >= Math.Min(plan.Widths[before], plan.Widths[i + 1]))
            {
                yield return new Finding(Severity.Warning, FindingKind.Structure,
                    $"{plan.Names[i]} follows {plan.Names[before]} without an activation between: together they can do no more than one",
                    "put an activation between, such as Relu, or leave one out");
            }
        }
    }

    /// <summary>Targets that the network's last range cannot reach, or that are classes in the form of numbers.</summary>
    public static IEnumerable<Finding> Targets<T>(Network network, Loss loss, Targets targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (targets is not RealTargets<T> { Values: var values } || loss.Reads != OutputReading.Quantities || values.Rows == 0)
        {
            yield break;
        }

        if (values.Columns > 1 && Enumerable.Range(0, values.Rows).All(row => IsOneHot(values.Row(row))))
        {
            yield return new Finding(Severity.Warning, FindingKind.Structure,
                $"every target row has a single 1 among {values.Columns} numbers: these are classes, and {loss.Kind} treats them as "
                    + $"quantities",
                "make the targets ClassLabels, end the network in Softmax, and take CategoricalCrossEntropy");
        }

        var (low, high) = network.OutputRange switch
        {
            OutputRange.NonNegative => (0.0, double.PositiveInfinity),
            OutputRange.Symmetric => (-1, 1),
            OutputRange.Probabilities or OutputRange.Distribution => (0, 1),
            OutputRange.LogDistribution => (double.NegativeInfinity, 0),
            _ => (double.NegativeInfinity, double.PositiveInfinity),
        };
        var outside = values.Values.ToArray()
            .Count(value => !(double.CreateTruncating(value) is var number && number >= low && number <= high));
        if (outside > 0)
        {
            yield return new Finding(Severity.Warning, FindingKind.Structure,
                $"{outside} of {values.Values.Length} targets cannot be reached: {network.LayerNames[^1]} gives "
                    + $"{network.OutputRange.InWords}",
                "end a regression in a dense layer, without an activation");
        }
    }

    /// <summary>Rows to measure by that were not prepared as the rows to learn from.</summary>
    public static IEnumerable<Finding> Preparation<T>(DataSet<T> train, DataSet<T> test)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (learned, measured) = (train.Lineage.Preparation, test.Lineage.Preparation);
        if (!learned.Select(step => step.By).SequenceEqual(measured.Select(step => step.By)))
        {
            yield return new Finding(Severity.Warning, FindingKind.Preparation,
                $"the training rows were prepared by {InWords(learned)}, the test rows by {InWords(measured)}",
                "prepare both by what was fitted on the training rows: scaler.Apply(train), scaler.Apply(test)");
        }

        static string InWords((string Name, object By)[] steps) =>
            steps.Length == 0 ? "nothing" : string.Join(", then ", steps.Select(step => step.Name));
    }

    /// <summary>A layer that is to be fitted to data and has not been.</summary>
    public static IEnumerable<Finding> Unfitted<T>(Model<T> model)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var plan = model.Network.Plan;
        for (var i = 0; i < plan.Layers.Length; i++)
        {
            if (plan.Layers[i] is IFittedLayer { IsRunning: false } && IsAsDrawn(model, plan.Names[i]))
            {
                yield return new Finding(Severity.Warning, FindingKind.Preparation,
                    $"{plan.Names[i]} has not been fitted: it passes its inputs on as they are",
                    "train model.Adapt(train), which fits it to the training rows");
            }
        }
    }

    private static bool IsAsDrawn<T>(Model<T> model, string layer)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var drawn = model.Network.Initialize<T>(0).Statistics;
        return model.Network.StatisticLayout.Placements.Where(placement => placement.Layer == layer)
            .All(placement => model.Statistics[layer, placement.Slot.Name].Equals(drawn[layer, placement.Slot.Name]));
    }

    private static bool IsOneHot<T>(ReadOnlySpan<T> row)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var ones = 0;
        foreach (var value in row)
        {
            if (value != T.Zero && value != T.One)
            {
                return false;
            }

            ones += value == T.One ? 1 : 0;
        }

        return ones == 1;
    }
}
