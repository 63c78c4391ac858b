using System.Numerics;

namespace FunctionalNN;

/// <summary>What the settings of a run tell before it begins.</summary>
internal static class RunExamination
{
    private const int Looked = 10_000;

    /// <summary>A rate that is 0 for as long as can be seen.</summary>
    public static IEnumerable<Finding> Rate(Optimizer optimizer, long steps)
    {
        if (Enumerable.Range(0, (int)Math.Min(steps, Looked)).All(step => optimizer.RateAt(step) == 0))
        {
            yield return new Finding(Severity.Error, FindingKind.Run,
                $"the learning rate of {optimizer.Kind} is 0: nothing is learned", "give it a rate above 0, such as 0.001");
        }
    }

    /// <summary>Rows that come in the order of their classes, batch after batch of one.</summary>
    public static IEnumerable<Finding> Order<T>(Batches<T> batches)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (batches.IsShuffled || batches.Data.Targets is not ClassLabels labels || batches.BatchSize >= labels.Count)
        {
            yield break;
        }

        var full = labels.Count / batches.BatchSize;
        var single = Enumerable.Range(0, full).Count(batch => Enumerable.Range(1, batches.BatchSize - 1)
            .All(row => labels[(batch * batches.BatchSize) + row] == labels[batch * batches.BatchSize]));
        if (batches.BatchSize > 1 && single > full / 2)
        {
            yield return new Finding(Severity.Warning, FindingKind.Run,
                $"{single} of {full} batches hold rows of a single class: the rows are sorted, and taken in order",
                $"train on data.Shuffled({batches.BatchSize})");
        }
    }
}
