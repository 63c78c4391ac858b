using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>A class with its probability.</summary>
/// <param name="Name">The class.</param>
/// <param name="Probability">0 … 1.</param>
public readonly record struct ClassProbability(string Name, double Probability)
{
    /// <summary>The class and its probability.</summary>
    public override string ToString() => $"{Name} {Probability:P1}";
}

/// <summary>What a pipeline says of one row.</summary>
public sealed record Prediction
{
    /// <summary>The class that is decided for; null for a quantity.</summary>
    public string? Class { get; init; }

    /// <summary>The probability of <see cref="Class"/>; NaN for a quantity.</summary>
    public double Probability { get; init; } = double.NaN;

    /// <summary>All classes in the order of their numbers; empty for a quantity.</summary>
    public ImmutableArray<ClassProbability> Probabilities { get; init; } = [];

    /// <summary>The quantity in its own unit; NaN for classes.</summary>
    public double Value { get; init; } = double.NaN;

    /// <inheritdoc/>
    public bool Equals(Prediction? other) =>
        other is not null && Class == other.Class && Probability.Equals(other.Probability) && Value.Equals(other.Value)
            && Probabilities.SequenceEqual(other.Probabilities);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Class, Probability, Value);

    /// <summary>The class with all probabilities, or the quantity.</summary>
    public override string ToString() => Class is null
        ? $"{Value:G6}"
        : $"{Class} ({string.Join(", ", Probabilities.Select(one => $"{one.Name} {one.Probability:P1}"))})";
}

/// <summary>A row that cannot be predicted, with all that is wrong with it.</summary>
public sealed class RowException : ArgumentException
{
    /// <summary>An exception without faults.</summary>
    public RowException()
    {
    }

    /// <summary>An exception with a message alone.</summary>
    public RowException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with a message and a cause.</summary>
    public RowException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal RowException(IReadOnlyCollection<RowFault> faults)
        : base(string.Join(Environment.NewLine, faults)) => Faults = [.. faults];

    /// <summary>What is wrong, column by column.</summary>
    public ImmutableArray<RowFault> Faults { get; } = [];
}
