using System.Globalization;
using System.Numerics;

namespace FunctionalNN;

/// <summary>A data set in three parts, each row in exactly one: <c>var (train, validation, test) = data.Split(0.2, 0.2, seed:
/// 7)</c>.</summary>
/// <remarks>The parts know what they are: fitting anything on the validation or test part is an error, see
/// <see cref="DataSet{T}.Part"/>.</remarks>
/// <param name="Training">To learn from.</param>
/// <param name="Validation">To choose by: when to stop, which settings.</param>
/// <param name="Test">To be measured by, once, at the end.</param>
/// <typeparam name="T">float or double.</typeparam>
public sealed record DataParts<T>(DataSet<T> Training, DataSet<T> Validation, DataSet<T> Test)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>A table: the rows of each part, and of each class in it.</summary>
    public override string ToString()
    {
        (string Name, DataSet<T> Data)[] parts = [("train", Training), ("validation", Validation), ("test", Test)];
        var labels = Training.Targets as ClassLabels;
        string[] classes = labels is null ? [] : [.. Enumerable.Range(0, labels.Classes).Select(labels.NameOf)];
        return TextTable.Of(
            ["part", "rows", .. classes],
            [.. parts.Select(part =>
                (string[])[part.Name, Text(part.Data.Count),
                    .. part.Data.Targets is ClassLabels own ? own.Frequencies().Select(Text) : []])],
            ["all", Text(parts.Sum(part => part.Data.Count)),
                .. classes.Select((_, label) => Text(parts.Sum(part => ((ClassLabels)part.Data.Targets).Frequencies()[label])))]);
    }

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
}
