using System.Numerics;

namespace FunctionalNN;

/// <summary>What the targets tell, and which rows occur twice.</summary>
internal static class TargetExamination
{
    private const int Shown = 5;

    /// <summary>Classes that are missing or rare.</summary>
    public static IEnumerable<Finding> Balance(ClassLabels labels)
    {
        const double Rare = 10;
        const int Most = 20;
        const int FewRows = 5;
        var counts = labels.Frequencies();
        var present = Enumerable.Range(0, labels.Classes).Where(label => counts[label] > 0).ToArray();
        var absent = Enumerable.Range(0, labels.Classes).Except(present).Select(labels.NameOf).ToArray();
        if (present.Length == 1)
        {
            yield return new Finding(
                Severity.Error, FindingKind.ClassBalance, $"all {labels.Count} training rows are of class {labels.NameOf(present[0])}",
                "there is nothing to tell apart: look at how labels were read, or at how the rows were split");
            yield break;
        }

        if (present.Length > Most && labels.Count < FewRows * present.Length)
        {
            yield return new Finding(
                Severity.Warning, FindingKind.ClassBalance,
                $"{labels.Count} training rows have {present.Length} classes, fewer than {FewRows} rows each",
                "if the label is a quantity, make the targets RealTargets; if it is a name or a number of the row, another column is "
                    + "the label");
            yield break;
        }

        if (absent.Length > 0)
        {
            yield return new Finding(
                Severity.Warning, FindingKind.ClassBalance,
                $"no training row is of class {string.Join(", ", absent.Take(Shown))}{(absent.Length > Shown ? ", …" : "")}",
                "it cannot be learned: add rows, or leave the class out; a split by data.Split keeps each class's share");
        }

        var (most, least) = (present.MaxBy(label => counts[label]), present.MinBy(label => counts[label]));
        if (counts[most] > Rare * counts[least])
        {
            yield return new Finding(
                Severity.Warning, FindingKind.ClassBalance,
                $"class {labels.NameOf(least)} has {counts[least]} rows, class {labels.NameOf(most)} {counts[most]}",
                "weigh them with data.Balanced(), and judge by balanced accuracy or F1 instead of accuracy");
        }
    }

    /// <summary>Numbers to predict that are constant, or far from the scale of a network's first outputs.</summary>
    public static IEnumerable<Finding> Scale<T>(RealTargets<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        const double Large = 20;
        const double Small = 0.01;
        var summary = new ColumnSummary(targets.Values.Columns);
        summary.Add(targets.Values);
        for (var column = 0; column < targets.Values.Columns && targets.Count > 1; column++)
        {
            var (mean, deviation) = (summary.Means[column], Math.Sqrt(summary.Variance(column)));
            if (deviation == 0)
            {
                yield return new Finding(Severity.Warning, FindingKind.ConstantTarget,
                    $"target {column} is {mean:G4} in every row",
                    "there is nothing to learn in it: look at how targets were read");
            }
            else if (double.IsFinite(deviation) && (Math.Abs(mean) > Large || deviation is > Large or < Small))
            {
                yield return new Finding(
                    Severity.Warning, FindingKind.TargetScale,
                    $"target {column} has the mean {mean:G4} and the standard deviation {deviation:G4}, where a network starts with "
                            + $"outputs around 0 ± 1",
                    "learn (target − mean)/standard deviation, or its logarithm, and scale predictions back");
            }
        }
    }

    /// <summary>Rows that occur twice in the training data, with the same label or another.</summary>
    public static IEnumerable<Finding> Repetitions(RowHashes hashes, Targets targets)
    {
        const double Many = 0.01;
        var (first, repeated, contradictions, example) = (hashes.First(), 0, 0, (First: 0, Second: 0));
        for (var row = 0; row < hashes.Count; row++)
        {
            var before = first[hashes[row]];
            repeated += before < row ? 1 : 0;
            if (targets is ClassLabels labels && labels[before] != labels[row])
            {
                example = contradictions++ == 0 ? (before, row) : example;
            }
        }

        if (contradictions > 0)
        {
            var named = (ClassLabels)targets;
            yield return new Finding(
                contradictions > Many * hashes.Count ? Severity.Warning : Severity.Note, FindingKind.Contradictions,
                $"{contradictions} training rows have the inputs of an earlier row and another label, the first row {example.Second} ("
                    + $"{named.NameOf(named[example.Second])}) and row {example.First} ({named.NameOf(named[example.First])})",
                "one label is wrong, or a column that tells them apart is missing");
        }

        if (repeated > Many * hashes.Count)
        {
            yield return new Finding(
                Severity.Note, FindingKind.RepeatedRows, $"{repeated} of {hashes.Count} training rows repeat the inputs of an earlier one",
                "if that is by mistake, drop them before splitting: a copy in each part of a split is a leak");
        }
    }

    /// <summary>Rows that are to measure what was learned, and were learned: with the same inputs and target.</summary>
    public static IEnumerable<Finding> Shared(RowHashes train, RowHashes test)
    {
        var known = train.First();
        var shared = Enumerable.Range(0, test.Count).Where(row => known.ContainsKey(test[row])).ToArray();
        if (shared.Length > 0)
        {
            yield return new Finding(
                Severity.Warning, FindingKind.SharedRows,
                $"{shared.Length} of {test.Count} test rows are also training rows, the first test row {shared[0]} as training row "
                    + $"{known[test[shared[0]]]}",
                "the test measures memory there: drop the copies before splitting");
        }
    }
}
