using System.Collections.Immutable;
using System.Text;

namespace FunctionalNN;

/// <summary>The column that is to be predicted: classes, or a quantity.</summary>
/// <param name="Name">The name in the table.</param>
public sealed record TargetColumn(string Name)
{
    /// <summary>Whether it is a number to predict and no class. False by default.</summary>
    public bool IsQuantity { get; init; }

    /// <summary>The names of the classes in the order of their numbers; empty, the default, for those of the training rows, by number
    /// where all are numbers, by code of the characters otherwise. Of two, the second is the one that a threshold is about.</summary>
    public ImmutableArray<string> Classes { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Whether a quantity is learned with mean 0 and variance 1, and predictions come back in its own unit. True by
    /// default.</summary>
    public bool IsStandardised { get; init; } = true;

    /// <summary>A column of classes.</summary>
    public static TargetColumn OfClasses(string name, params ImmutableArray<string> classes) => new(name) { Classes = classes };

    /// <summary>A column of numbers.</summary>
    public static TargetColumn OfQuantity(string name) => new(name) { IsQuantity = true };

    /// <inheritdoc/>
    public bool Equals(TargetColumn? other) =>
        other is not null && Name == other.Name && IsQuantity == other.IsQuantity && IsStandardised == other.IsStandardised
            && Classes.SequenceEqual(other.Classes);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, IsQuantity, Classes.Length);

    /// <summary>The name and the settings.</summary>
    public override string ToString() => RecordText.Of(nameof(TargetColumn), PrintMembers);

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Name = ").Append(Name).Append(", IsQuantity = ").Append(IsQuantity).Append(", Classes = [")
            .AppendJoin(", ", Classes).Append("], IsStandardised = ").Append(IsStandardised);
        return true;
    }
}

/// <summary>The column to predict with the names of its classes, or its mean and spread.</summary>
/// <param name="Column">What it was fitted as.</param>
/// <param name="Classes">The names of the classes in the order of their numbers; empty for a quantity.</param>
/// <param name="Mean">The mean of a quantity on the training rows; 0 where it is not standardised.</param>
/// <param name="Spread">The standard deviation of a quantity on the training rows; 1 where it is not standardised.</param>
public sealed record FittedTarget(TargetColumn Column, ImmutableArray<string> Classes, double Mean, double Spread)
{
    /// <summary>The name in the table.</summary>
    public string Name => Column.Name;

    /// <summary>A number as the network learns it.</summary>
    internal double Scale(double value) => (value - Mean) / Spread;

    /// <summary>The way back.</summary>
    internal double Restore(double value) => (value * Spread) + Mean;

    /// <inheritdoc/>
    public bool Equals(FittedTarget? other) =>
        other is not null && Column == other.Column && Mean == other.Mean && Spread == other.Spread && Classes.SequenceEqual(other.Classes);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Column, Classes.Length, Mean, Spread);

    /// <summary>The name with the classes, or mean and spread.</summary>
    public override string ToString() =>
        Column.IsQuantity ? $"{Name}: a quantity, mean {Mean:G6}, spread {Spread:G6}" : $"{Name}: {string.Join(", ", Classes)}";
}
